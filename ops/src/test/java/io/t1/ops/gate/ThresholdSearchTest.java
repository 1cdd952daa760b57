package io.t1.ops.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdSearchTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatTryingEveryPairOfBarsFinds(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int n = 2 + random.nextInt(11);
        final MeasuredArms measured = RandomOutcomes.arms(n, random);
        final ClaimedArms claimed = RandomOutcomes.claims(n, random);
        final Load load = Load.of(new Budget.MeanShare(0.05 + 0.9 * random.nextDouble()), measured);
        final ThresholdSearch.Found found = new ThresholdSearch(claimed, measured, load.load()).under(load.limit());

        double best = 0;
        for (int full = -1; full <= 4 * n + 1; full++) {
            for (int cheap = full; cheap <= 4 * n + 1; cheap++) {
                // bars between all the claims that there can be, highest first
                final Thresholds bars = new Thresholds(1.51 - full / (2.0 * n), 1.51 - cheap / (2.0 * n));
                final byte[] arms = claimed.armsUnder(bars);
                if (load.mean(arms) <= load.limit()) {
                    best = Math.max(best, gain(measured, arms));
                }
            }
        }
        assertEquals(best, found.meanGain(), 1e-12, "seed=" + seed);
        final byte[] arms = claimed.armsUnder(found.thresholds());
        assertEquals(found.meanGain(), gain(measured, arms), 1e-12, "seed=" + seed);
        assertEquals(found.meanLoad(), load.mean(arms), 1e-12, "seed=" + seed);
        assertTrue(found.meanLoad() <= load.limit() + 1e-12, "seed=" + seed);
        assertTrue(found.dualBound() >= found.meanGain() - 1e-9, "seed=" + seed);
    }

    @Test
    void onManyQueriesTheDualityGapIsSmallAndTheMultiplierIsThePriceOfTheBudget() {
        final SplittableRandom random = new SplittableRandom(7);
        final int n = 3_000;
        final MeasuredArms measured = RandomOutcomes.arms(n, random);
        final ClaimedArms claimed = new ClaimedArms(
                random.doubles(n).toArray(),
                RandomOutcomes.claims(n, random).fullBecomes(),
                RandomOutcomes.claims(n, random).cheapBecomes());
        final Load load = Load.of(new Budget.MeanShare(0.4), measured);
        final ThresholdSearch search = new ThresholdSearch(claimed, measured, load.load());
        final ThresholdSearch.Found found = search.under(load.limit());
        assertTrue(found.relativeGap() < 0.05, "gap=" + found.relativeGap());
        // where the dual's slope is the multiplier, a little more budget buys that much more of the bound
        final double more = 1e-4 * load.limit();
        final double bought = search.under(load.limit() + more).dualBound() - found.dualBound();
        assertEquals(found.multiplier(), bought / more, 0.05 * found.multiplier());
    }

    @Test
    void withoutABindingBudgetNothingIsPaidForIt() {
        final SplittableRandom random = new SplittableRandom(3);
        final MeasuredArms measured = RandomOutcomes.arms(12, random);
        final ClaimedArms claimed = RandomOutcomes.claims(12, random);
        final Load load = Load.of(new Budget.MeanShare(1), measured);
        final ThresholdSearch.Found found = new ThresholdSearch(claimed, measured, load.load()).under(1e9);
        assertEquals(0, found.multiplier());
        assertEquals(0, found.relativeGap(), 1e-12);
    }

    @Test
    void whereNobodyIsRefusedABarStillStandsAmongTheClaims() {
        final double[] claims = {0.9, -0.2, 0.4};
        final byte[] full = {2, 2, 2};
        final ClaimedArms claimed = new ClaimedArms(claims, full, new byte[] {1, 1, 1});
        final MeasuredArms measured = new MeasuredArms(
                new double[][] {{0, 0, 0}, {0.1, 0.1, 0.1}, {0.5, 0.5, 0.5}},
                new double[][] {{0, 0, 0}, {1, 1, 1}, {2, 2, 2}});
        final Thresholds bars = ThresholdChoice.under(new Budget.MeanShare(1), claimed, measured)
                .thresholds();
        assertArrayEquals(full, claimed.armsUnder(bars));
        assertEquals(-0.2, bars.full(), 1e-5, "a node's score below all that were seen is heard");
        assertEquals(bars, bars.transferred(claimed, claimed));
    }

    /** A table whose caps leave fewer queries for FULL would else have spent on ever more, in search of them. */
    @Test
    void barsThatAreTakenOverSpendOnNoMoreQueriesWhereCapsForbidFull() {
        final double[] claims = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
        final byte[] cheap = {1, 1, 1, 1, 1, 1, 1, 1};
        final ClaimedArms from = new ClaimedArms(claims, new byte[] {2, 2, 2, 2, 2, 2, 2, 2}, cheap);
        final ClaimedArms capped = new ClaimedArms(claims, new byte[] {2, 1, 1, 2, 1, 1, 1, 1}, cheap);
        final Thresholds bars = new Thresholds(0.65, 0.45); // FULL to three, CHEAP to two more
        assertArrayEquals(
                new byte[] {2, 1, 1, 2, 1, 0, 0, 0},
                capped.armsUnder(bars.transferred(from, capped)),
                "five are spent on, not eight");
        assertArrayEquals(new byte[] {2, 2, 2, 1, 1, 0, 0, 0}, from.armsUnder(bars.transferred(from, from)));
    }

    @Test
    void aP95BudgetKeepsTheP95() {
        for (int seed = 1; seed <= 20; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final MeasuredArms measured = RandomOutcomes.arms(200, random);
            final ClaimedArms claimed = RandomOutcomes.claims(200, random);
            final Budget budget = new Budget.P95Lift(1.0, 0.3);
            final ThresholdChoice choice = ThresholdChoice.under(budget, claimed, measured);
            final Spending spending = Spending.of(measured, claimed.armsUnder(choice.thresholds()));
            assertTrue(spending.p95Ms() <= 1.3, "seed=" + seed + ", p95=" + spending.p95Ms());
            assertTrue(choice.constraint().value() <= choice.constraint().limit(), "seed=" + seed);
        }
    }

    @Test
    void anImpossibleBudgetSpendsNothing() {
        final SplittableRandom random = new SplittableRandom(3);
        final MeasuredArms measured = RandomOutcomes.arms(100, random);
        final ClaimedArms claimed = RandomOutcomes.claims(100, random);
        final ThresholdChoice choice = ThresholdChoice.under(new Budget.P95Lift(0, 0.001), claimed, measured);
        for (final byte arm : claimed.armsUnder(choice.thresholds())) {
            assertEquals(0, arm);
        }
    }

    private static double gain(final MeasuredArms measured, final byte[] arms) {
        double gain = 0;
        for (int q = 0; q < arms.length; q++) {
            gain += measured.gain(arms[q], q) / arms.length;
        }
        return gain;
    }
}
