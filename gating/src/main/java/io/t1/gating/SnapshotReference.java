package io.t1.gating;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The snapshot that decisions are made by: one writer replaces it, many readers use it without a lock.
 *
 * <p>A replaced snapshot is closed once no reader can still hold it. Each reader announces the epoch it entered in; a
 * snapshot retired at epoch {@code e} is unreachable when every announced epoch is {@code >= e}. Announcing before
 * reading, and replacing before scanning, both sequentially consistent, is what makes a late reader see the new one.
 *
 * <p>Threading: {@link #replace} and {@link #reclaim} by the owner's thread; a {@link Reader} by the thread that made
 * it. Allocation: none on the reading side; one record per replacement. Cost of a read: one full fence.
 *
 * @param <S> an immutable snapshot whose {@code close()} frees its memory.
 */
public final class SnapshotReference<S extends AutoCloseable> {
    private static final VarHandle CURRENT;
    private static final VarHandle EPOCH;

    static {
        try {
            final var lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(SnapshotReference.class, "current", AutoCloseable.class);
            EPOCH = lookup.findVarHandle(SnapshotReference.class, "epoch", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ArrayDeque<Retired> retired = new ArrayDeque<>();
    private volatile Reader<?>[] readers = {};
    private AutoCloseable current;
    private long epoch = 1;

    /**
     * @param first the snapshot to start with; owned by this reference from here on.
     */
    public SnapshotReference(final S first) {
        current = first;
        VarHandle.releaseFence(); // a reader made on another thread must see it
    }

    /** Registers a reader for the calling thread. Not for the hot path. */
    public synchronized Reader<S> newReader() {
        final Reader<S> reader = new Reader<>(this);
        final Reader<?>[] grown = Arrays.copyOf(readers, readers.length + 1);
        grown[readers.length] = reader;
        readers = grown;
        return reader;
    }

    /**
     * Makes {@code next} what every later read returns, and retires the present one.
     *
     * @return how many retired snapshots a reader may still hold.
     * @throws Exception whatever closing an unreachable snapshot throws; {@code next} is current all the same.
     */
    public int replace(final S next) throws Exception {
        final AutoCloseable previous = current;
        CURRENT.setVolatile(this, next);
        final long retiredAt = epoch + 1;
        EPOCH.setVolatile(this, retiredAt);
        retired.add(new Retired(previous, retiredAt));
        return reclaim();
    }

    /** Closes what no reader can hold any more; called again by the owner while the result is above zero. */
    public int reclaim() throws Exception {
        long oldestInUse = Long.MAX_VALUE;
        for (final Reader<?> reader : readers) {
            oldestInUse = Math.min(oldestInUse, reader.announcedEpoch());
        }
        while (!retired.isEmpty() && retired.peek().epoch() <= oldestInUse) {
            retired.poll().snapshot().close();
        }
        return retired.size();
    }

    private record Retired(AutoCloseable snapshot, long epoch) {}

    /** One thread's way in. Acquire and release bracket one batch and do not nest. */
    public static final class Reader<S extends AutoCloseable> {
        private static final long OUTSIDE = Long.MAX_VALUE;
        private final SnapshotReference<S> reference;
        private volatile long announced = OUTSIDE;

        private Reader(final SnapshotReference<S> reference) {
            this.reference = reference;
        }

        /** The snapshot of now, valid until {@link #release()}. */
        @SuppressWarnings("unchecked") // only S is ever stored
        public S acquire() {
            announced = (long) EPOCH.getAcquire(reference);
            return (S) CURRENT.getVolatile(reference);
        }

        /** Ends the use of what {@link #acquire()} returned. */
        public void release() {
            announced = OUTSIDE;
        }

        private long announcedEpoch() {
            return announced;
        }
    }
}
