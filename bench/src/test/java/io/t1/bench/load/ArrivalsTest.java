package io.t1.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int COUNT = 100_000;

    @Test
    void constantArrivalsKeepTheirRateToTheLastNanosecondAndDontDrift() {
        final long[] due = of(Arrivals.CONSTANT, 30_000, 1);
        for (int i = 0; i < due.length; i++) {
            assertEquals(Math.round(i * (1e9 / 30_000)), due[i], "request " + i);
        }
    }

    @Test
    void poissonArrivalsHaveExponentialGapsOfTheRateAskedFor() {
        final long[] due = of(Arrivals.POISSON, 1e6, 7);
        final double[] gaps = new double[COUNT - 1];
        double sum = 0;
        long overMean = 0;
        for (int i = 0; i < gaps.length; i++) {
            assertTrue(due[i + 1] >= due[i], "request " + (i + 1) + " is due before the one before");
            gaps[i] = due[i + 1] - due[i];
            sum += gaps[i];
            overMean += gaps[i] > 1_000 ? 1 : 0;
        }
        final double mean = sum / gaps.length;
        assertEquals(1_000, mean, 15, "mean gap, ns"); // five standard errors: 1000 / sqrt(100000) = 3.2 each
        // of an exponential distribution e^-1 = 36.8 % lie above the mean
        assertEquals(Math.exp(-1), (double) overMean / gaps.length, 0.01, "share of gaps over the mean");
    }

    @Test
    void aSeedGivesTheSameScheduleAgainAndAnotherSeedAnother() {
        final long[] once = of(Arrivals.POISSON, 5_000, 3);
        assertEquals(0, differences(once, of(Arrivals.POISSON, 5_000, 3)));
        assertTrue(differences(once, of(Arrivals.POISSON, 5_000, 4)) > COUNT / 2);
    }

    private static long differences(final long[] one, final long[] other) {
        return LongStream.range(0, COUNT)
                .filter(i -> one[(int) i] != other[(int) i])
                .count();
    }

    private static long[] of(final Arrivals arrivals, final double perSecond, final long seed) {
        final ArrivalSchedule schedule = arrivals.schedule(perSecond, seed);
        return LongStream.generate(schedule::nextNs).limit(COUNT).toArray();
    }
}
