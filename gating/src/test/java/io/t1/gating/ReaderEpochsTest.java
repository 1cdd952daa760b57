package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaderEpochsTest {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final AtomicInteger open = new AtomicInteger();
    private final Probe baseline = new Probe();
    private final PinnedSnapshots<Probe> pinned = new PinnedSnapshots<>(epochs, baseline);

    @Test
    void keepsARetiredSnapshotOpenWhileAReaderHoldsIt() {
        final Probe held = activated();
        final var reader = epochs.newReader();
        reader.enter();
        assertSame(held, pinned.slot().get(reader));
        activated();
        activated();
        assertEquals(1, epochs.reclaim(), "still held");
        assertFalse(held.closed);

        reader.leave();
        assertEquals(0, epochs.reclaim());
        assertTrue(held.closed);
    }

    @Test
    void aStalledReaderKeepsOnlyWhatItMayHold() {
        final Probe held = activated();
        final var stalled = epochs.newReader();
        stalled.enter();
        assertSame(held, pinned.slot().get(stalled));
        for (int i = 0; i < 1_000; i++) {
            activated();
            assertTrue(epochs.reclaim() <= 1, "after " + i + " replacements more than the one held stays open");
        }
        assertFalse(held.closed);
        assertEquals(4, open.get(), "held, baseline, previous, active");
    }

    @Test
    void aReaderThatEnteredKeepsWhatItReadsLater() {
        final var reader = epochs.newReader();
        reader.enter();
        for (int i = 0; i < 10; i++) {
            activated();
        }
        final Probe late = pinned.slot().get(reader);
        assertSame(pinned.active(), late);
        for (int i = 0; i < 10; i++) {
            activated();
        }
        assertNotNull(late);
        assertFalse(late.closed, "read after ten replacements, replaced ten times since");
        reader.leave();
        epochs.reclaim();
        assertTrue(late.closed);
    }

    @Test
    void oneReaderGuardsAllSlots() {
        final var other = new PinnedSnapshots<>(epochs, new Probe());
        final Probe first = activated();
        final Probe second = new Probe();
        other.activate(second);
        final var reader = epochs.newReader();
        reader.enter();
        assertSame(first, pinned.slot().get(reader));
        assertSame(second, other.slot().get(reader));
        pinned.drop();
        other.drop();
        assertNull(pinned.slot().get(reader), "dropped");
        assertFalse(first.closed || second.closed);
        reader.leave();
        assertEquals(0, epochs.reclaim());
        assertEquals(0, open.get());
    }

    @Test
    void aThreadThatEndsHoldsNothingAnyMore() {
        final Probe held = activated();
        final var ending = epochs.newReader();
        ending.enter();
        assertSame(held, pinned.slot().get(ending));
        activated();
        activated();
        assertFalse(held.closed);
        ending.close();
        ending.close();
        epochs.reclaim();
        assertTrue(held.closed);
        assertEquals(0, epochs.readers());
    }

    @Test
    void closesTheOthersWhenOneCloseFails() {
        final var failing = new PinnedSnapshots<Snapshot>(epochs, () -> {
            throw new IllegalStateException("no close");
        });
        final Probe other = new Probe();
        failing.activate(other);
        assertEquals(
                "no close",
                assertThrows(IllegalStateException.class, failing::drop).getMessage());
        assertTrue(other.closed);
        assertEquals(0, epochs.reclaim(), "what failed isn't tried again");
    }

    @Test
    void neverHandsOutAClosedSnapshotUnderAStormOfReplacements() throws Exception {
        final int keys = 4;
        final List<PinnedSnapshots<Probe>> tables = new ArrayList<>();
        for (int k = 0; k < keys; k++) {
            tables.add(new PinnedSnapshots<>(epochs, new Probe()));
        }
        final AtomicBoolean running = new AtomicBoolean(true);
        final CountDownLatch reading = new CountDownLatch(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            final List<Future<Long>> readers = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                readers.add(threads.submit(readingAll(tables, running, reading)));
            }
            try {
                reading.await();
                final Random choice = new Random(42);
                for (int i = 0; i < 100_000; i++) {
                    step(tables.get(choice.nextInt(keys)), choice.nextInt(8));
                }
            } finally {
                running.set(false);
            }
            for (final Future<Long> reader : readers) {
                assertTrue(reader.get() > 0);
            }
        }
        tables.forEach(PinnedSnapshots::drop);
        pinned.drop();
        assertEquals(0, epochs.reclaim(), "nothing left behind");
        assertEquals(0, open.get(), "all closed");
        assertEquals(0, epochs.readers());
    }

    private Callable<Long> readingAll(
            final List<PinnedSnapshots<Probe>> tables, final AtomicBoolean running, final CountDownLatch started) {
        return () -> {
            long reads = 0;
            while (running.get()) {
                try (var reader = epochs.newReader()) { // readers come and go while snapshots do
                    for (int batch = 0; batch < 1_000; batch++) {
                        reader.enter();
                        for (final var table : tables) {
                            final Probe held = table.slot().get(reader);
                            assertNotNull(held);
                            for (int i = 0; i < 10; i++) {
                                assertFalse(held.closed, "closed while held");
                            }
                            reads++;
                        }
                        reader.leave();
                    }
                }
                started.countDown();
            }
            return reads;
        };
    }

    private void step(final PinnedSnapshots<Probe> table, final int choice) {
        switch (choice) {
            case 0 -> table.rollbackToBaseline();
            case 1 -> table.replaceBaseline(new Probe());
            case 2, 3 -> table.rollbackToPrevious();
            default -> table.activate(new Probe());
        }
    }

    private Probe activated() {
        final Probe next = new Probe();
        pinned.activate(next);
        return next;
    }

    /** Counts how many are open, and fails when closed twice. */
    private final class Probe implements Snapshot {
        volatile boolean closed;

        Probe() {
            open.incrementAndGet();
        }

        @Override
        public void close() {
            assertFalse(closed, "closed twice");
            closed = true;
            open.decrementAndGet();
        }
    }
}
