package io.t1.gating;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells when a replaced snapshot can be closed: one clock of epochs, shared by any number of {@link SnapshotSlot}s.
 *
 * <p>The clock steps when a snapshot is adopted, before a slot shows it, and again when it is retired, after the last
 * slot stopped showing it. A reader announces the span of epochs it has read in: from the one it entered at to the
 * latest one it has seen. A snapshot adopted at {@code a} and retired at {@code r} can be held only by a reader whose
 * span begins before {@code r} and ends at {@code a} or later, so a stalled reader keeps what it may hold and nothing
 * that came after.
 *
 * <p>Why no read is missed: a reader announces, then a full fence, then it reads a slot; the owner stores into the slot,
 * then a full fence, then it scans the announcements. Of the two, one sees the other: either the scan sees the span, or
 * the read sees the new snapshot. A slot is read again when the clock moved meanwhile, so that a span always reaches to
 * the epoch in which its snapshots were adopted.
 *
 * <p>Threading: {@link #newReader} and {@link Reader#close} by any thread; everything else here by the owner's one
 * thread; a {@link Reader} by one thread at a time. Allocation: none on the reading side. Cost: one full fence from
 * enter to leave, one more when the clock moved meanwhile.
 */
public final class ReaderEpochs {
    private static final VarHandle EPOCH;
    private static final VarHandle ANNOUNCED = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            EPOCH = MethodHandles.lookup().findVarHandle(ReaderEpochs.class, "epoch", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<Retired> retired = new ArrayList<>();
    private volatile Reader[] readers = {};
    private long epoch = 1;

    /** Registers a reader for the calling thread. Not for the hot path. */
    public synchronized Reader newReader() {
        final Reader reader = new Reader(this);
        final Reader[] grown = Arrays.copyOf(readers, readers.length + 1);
        grown[readers.length] = reader;
        readers = grown;
        return reader;
    }

    /** How many readers are registered. */
    public int readers() {
        return readers.length;
    }

    /**
     * Steps the clock for a snapshot that a slot is about to show for the first time.
     *
     * @return the epoch to hand to {@link #retire} with it.
     */
    long adopt() {
        return step();
    }

    /**
     * Takes a snapshot that no slot shows any more, to be closed by {@link #reclaim} once no reader can hold it.
     *
     * @param adoptedAt what {@link #adopt} returned for it.
     */
    void retire(final Snapshot snapshot, final long adoptedAt) {
        retired.add(new Retired(snapshot, adoptedAt, step()));
    }

    /**
     * Closes the retired snapshots that no reader can hold any more. The owner calls it again, now and then, while the
     * result is above zero. A close that fails doesn't keep the others open; its exception is thrown at the end.
     *
     * @return how many retired snapshots a reader may still hold.
     */
    public int reclaim() {
        if (retired.isEmpty()) {
            return 0;
        }
        VarHandle.fullFence(); // the stores that hid the retired come before the scan
        final Reader[] readers = this.readers;
        final List<Retired> unreachable = new ArrayList<>();
        retired.removeIf(candidate -> {
            final boolean free = !mayHold(readers, candidate);
            if (free) {
                unreachable.add(candidate);
            }
            return free;
        });
        closeAll(unreachable);
        return retired.size();
    }

    private static boolean mayHold(final Reader[] readers, final Retired candidate) {
        for (final Reader reader : readers) {
            if (reader.entered() < candidate.retiredAt() && reader.seen() >= candidate.adoptedAt()) {
                return true;
            }
        }
        return false;
    }

    private static void closeAll(final List<Retired> unreachable) {
        RuntimeException failure = null;
        for (final Retired candidate : unreachable) {
            try {
                candidate.snapshot().close();
            } catch (final RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private long step() {
        final long next = epoch + 1; // one writer: no read-modify-write needed
        EPOCH.setRelease(this, next);
        return next;
    }

    private long now() {
        return (long) EPOCH.getAcquire(this);
    }

    private synchronized void remove(final Reader leaving) {
        readers = Arrays.stream(readers).filter(reader -> reader != leaving).toArray(Reader[]::new);
    }

    private record Retired(Snapshot snapshot, long adoptedAt, long retiredAt) {}

    /** One thread's way in. {@link #enter} and {@link #leave} bracket one batch and do not nest. */
    public static final class Reader implements AutoCloseable {
        private static final long OUTSIDE = Long.MAX_VALUE;
        /** A reader's words lie 128 bytes and more from any other's, so that threads share no cache line. */
        private static final int ENTERED = 16;

        private static final int SEEN = 17;
        private static final int WORDS = 34;

        private final ReaderEpochs epochs;
        private final long[] announced = new long[WORDS];
        private long seen;

        private Reader(final ReaderEpochs epochs) {
            this.epochs = epochs;
            announced[ENTERED] = OUTSIDE;
        }

        /** Begins a batch: what slots give from here on stays open until {@link #leave}. */
        public void enter() {
            assert !isInside() : "enter and leave do not nest";
            final long now = epochs.now();
            announceSeen(now);
            ANNOUNCED.setRelease(announced, ENTERED, now); // after the reads of the batch before
            VarHandle.fullFence(); // announced before any slot is read
        }

        /** Ends the batch: nothing that slots gave may be used any more. */
        public void leave() {
            ANNOUNCED.setRelease(announced, ENTERED, OUTSIDE);
        }

        /** Leaves and deregisters: for a thread that ends. Twice is harmless. */
        @Override
        public void close() {
            leave();
            epochs.remove(this);
        }

        /** Whether the clock has moved on; if so the span now reaches there, and the slot must be read again. */
        boolean hasMovedOn() {
            final long now = epochs.now();
            if (now == seen) {
                return false;
            }
            announceSeen(now);
            VarHandle.fullFence(); // announced before the slot is read again
            return true;
        }

        boolean isInside() {
            return announced[ENTERED] != OUTSIDE;
        }

        private void announceSeen(final long now) {
            seen = now;
            ANNOUNCED.setRelease(announced, SEEN, now);
        }

        private long entered() {
            return (long) ANNOUNCED.getAcquire(announced, ENTERED);
        }

        private long seen() {
            return (long) ANNOUNCED.getAcquire(announced, SEEN);
        }
    }
}
