package io.t1.gating;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of now for one key: one writer replaces it with one store, many readers use it without a lock.
 *
 * <p>Threading: {@link #get} by any thread inside its reader; {@link #set} by one thread at a time; the owner of the
 * {@link ReaderEpochs} says when a snapshot that is shown no more may be closed. Allocation: none. Cost of a read: two
 * plain loads.
 *
 * @param <S> the snapshot.
 */
public final class SnapshotSlot<S extends Snapshot> {
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(SnapshotSlot.class, "current", Snapshot.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Snapshot current;

    /**
     * The snapshot of now, open until the reader leaves. Two reads in one batch may differ.
     *
     * @param reader inside, and of the epochs that govern this slot.
     * @return null when there is none.
     */
    @SuppressWarnings("unchecked") // only S is ever stored
    public @Nullable S get(final ReaderEpochs.Reader reader) {
        assert reader.isInside() : "a slot is read between enter and leave";
        Object snapshot;
        do {
            snapshot = CURRENT.getAcquire(this);
        } while (reader.hasMovedOn());
        return (S) snapshot;
    }

    /**
     * The snapshot of now for whoever is no reader. It may be closed by then: only what lies on the heap may be used.
     *
     * @return null when there is none.
     */
    @SuppressWarnings("unchecked") // only S is ever stored
    public @Nullable S peek() {
        return (S) CURRENT.getAcquire(this);
    }

    /** Makes {@code next} what every later read returns; null for none. */
    void set(final @Nullable S next) {
        CURRENT.setRelease(this, next);
    }
}
