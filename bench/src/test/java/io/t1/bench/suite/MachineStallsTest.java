package io.t1.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MachineStallsTest {
    private static final double STEP = 1e3;

    @Test
    void aWaitIsThatOfRequestsDueEvenlyOverTime() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 50; round++) {
            final List<Long> gaps = LongStream.generate(() -> random.nextLong(20_000, 5_000_000))
                    .limit(random.nextInt(1, 40))
                    .boxed()
                    .toList();
            final MachineStalls stalls = new MachineStalls(1_000_000_000, gaps);
            for (final double percentile : new double[] {50, 90, 99, 99.9}) {
                assertEquals(
                        counted(gaps, 1_000_000_000, percentile), stalls.waitNs(percentile), 2 * STEP, gaps.toString());
            }
        }
    }

    /** A request due every microsecond. */
    private static double counted(final List<Long> gaps, final long lengthNs, final double percentile) {
        final double[] waits = new double[(int) (lengthNs / STEP)];
        int at = 0;
        for (final long gap : gaps) {
            for (double left = gap; left > 0 && at < waits.length; left -= STEP) {
                waits[at++] = left;
            }
        }
        Arrays.sort(waits);
        return waits[(int) (percentile / 100 * (waits.length - 1))];
    }

    @Test
    void nothingLostIsNoWait() {
        assertEquals(0, new MachineStalls(1_000_000_000, List.of()).waitNs(99));
        assertEquals(0, new MachineStalls(1_000_000_000, List.of(9_000_000L)).waitNs(99));
    }

    @Test
    void watchesAsLongAsItIsTold() throws InterruptedException {
        final long begun = System.nanoTime();
        final MachineStalls stalls = MachineStalls.watch(new Cores(-1, -1), TimeUnit.MILLISECONDS.toNanos(20));
        assertTrue(System.nanoTime() - begun >= stalls.lengthNs(), "shorter than asked");
        assertTrue(stalls.gapsNs().stream().allMatch(gap -> gap > 20_000), "gaps=" + stalls.gapsNs());
    }
}
