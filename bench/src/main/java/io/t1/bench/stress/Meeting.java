package io.t1.bench.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings a reader and an owner to the start of a race at the same moment, and tells the reader when the owner is done.
 *
 * <p>A store that a processor puts off is what these races are about, so each side begins with stores to cache lines that
 * the other has just written: they wait for the lines, and what is stored after them waits behind. The reader starts up
 * to {@value #LATEST} pauses late, since the owner's way to its scan is longer than a read.
 *
 * <p>Waits are bounded: who meets nobody, since the other was descheduled, goes on alone, and that one race is lost.
 *
 * <p>Threading: one reader, one owner. Allocation: none after construction.
 */
final class Meeting {
    private static final int LATEST = 8;
    private static final int LONGEST = 20_000;
    private static final int BOTH = 2;
    private static final int DONE = 3;
    private static final int LINES = 8;
    private static final int WORDS_A_LINE = 8;

    private final AtomicInteger arrived = new AtomicInteger();
    private final long[] readersLines = new long[WORDS_A_LINE * (LINES + 1)];
    private final long[] ownersLines = new long[WORDS_A_LINE * (LINES + 1)];
    private final int late = ThreadLocalRandom.current().nextInt(LATEST);

    /** The reader comes. */
    void readerMeets() {
        write(ownersLines);
        meet();
        for (int i = 0; i < late; i++) {
            Thread.onSpinWait();
        }
        write(readersLines);
    }

    /** The owner comes. */
    void ownerMeets() {
        write(readersLines);
        meet();
        write(ownersLines);
    }

    /** The owner is done. */
    void ownerIsDone() {
        arrived.incrementAndGet();
    }

    /** The reader waits for that. */
    void awaitOwner() {
        await(DONE);
    }

    private void meet() {
        arrived.incrementAndGet();
        await(BOTH);
    }

    private void await(final int count) {
        for (int spins = 0; arrived.get() < count && spins < LONGEST; spins++) {
            Thread.onSpinWait();
        }
    }

    private static void write(final long[] lines) {
        for (int i = WORDS_A_LINE; i < lines.length; i += WORDS_A_LINE) {
            lines[i]++;
        }
    }
}
