package io.t1.ops.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.statistics.BcaEstimate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpendingTest {
    @Test
    void noChoiceOfArmsBeatsTheKnapsackBoundAndOneComesWithinAQueryOfIt() {
        for (int seed = 1; seed <= 40; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int n = 6;
            final MeasuredArms measured = RandomOutcomes.arms(n, random);
            final double limit = 0.1 + 0.8 * random.nextDouble();
            final double bound = KnapsackBound.meanGain(measured, limit);
            double best = 0;
            double dearest = 0;
            for (int choice = 0; choice < 729; choice++) {
                double gain = 0;
                double cost = 0;
                for (int q = 0, rest = choice; q < n; q++, rest /= 3) {
                    gain += measured.gain(rest % 3, q) / n;
                    cost += measured.costMs(rest % 3, q) / n;
                    dearest = Math.max(dearest, measured.gain(rest % 3, q) / n);
                }
                if (cost <= limit) {
                    best = Math.max(best, gain);
                }
            }
            assertTrue(best <= bound + 1e-12, "seed=" + seed + ", best=" + best + ", bound=" + bound);
            assertTrue(bound <= best + dearest + 1e-12, "seed=" + seed + ", best=" + best + ", bound=" + bound);
        }
    }

    @Test
    void randomSpendingCostsWhatIsAskedAndTheBestMixtureIsNoWorse() {
        for (int seed = 1; seed <= 40; seed++) {
            final MeasuredArms measured = RandomOutcomes.arms(50, new SplittableRandom(seed));
            final double cost = 0.6 * measured.meanCostMs(2);
            final RandomSpending random = RandomSpending.fullOrSkip(measured, cost);
            final RandomSpending best = RandomSpending.best(measured, cost);
            assertEquals(cost, random.full() * measured.meanCostMs(2), 1e-12, "seed=" + seed);
            assertTrue(
                    best.cheap() * measured.meanCostMs(1) + best.full() * measured.meanCostMs(2) <= cost + 1e-12,
                    "seed=" + seed);
            assertTrue(best.meanGain(measured) >= random.meanGain(measured), "seed=" + seed);
            assertTrue(best.cheap() + best.full() <= 1 + 1e-12, "seed=" + seed);
        }
    }

    @Test
    void aPolicyThatKnowsNothingOfQueriesIsInconclusiveEvenWhenItsArmIsABargain() {
        final int n = 2_000;
        final SplittableRandom random = new SplittableRandom(1);
        final double[][] ndcg10 = new double[3][n];
        final double[][] latencyMs = new double[3][n];
        final byte[] arms = new byte[n];
        for (int q = 0; q < n; q++) {
            ndcg10[1][q] = random.nextDouble() < 0.5 ? 0.4 : 0;
            ndcg10[2][q] = ndcg10[1][q]; // CHEAP gives all that FULL gives, for a tenth
            latencyMs[1][q] = 0.1;
            latencyMs[2][q] = 1;
            arms[q] = (byte) random.nextInt(2);
        }
        final Spending spending = Spending.of(new MeasuredArms(ndcg10, latencyMs), arms);
        assertTrue(spending.overRandom().lowerBound() > 0, "FULL or SKIP at random is no match for CHEAP");
        assertEquals(Verdict.Outcome.INCONCLUSIVE, spending.verdict().outcome());
        assertTrue(spending.verdict().queriesNeeded() > n);
    }

    @Test
    void saysHowManyQueriesAreNeeded() {
        // sd 0.16 on 225 queries, +0.0125 seen: (1.645 + 0.842)^2 * 0.16^2 / 0.0125^2
        final Verdict verdict = Verdict.of(new BcaEstimate(0.0125, -0.008, 0.033, -0.005, 0.03, 225), 0.16);
        assertEquals("INCONCLUSIVE: 225 queries, about 1100 needed to show a gain of 0.0125 nDCG", verdict.toString());
        assertTrue(Math.abs(1013 - verdict.queriesNeeded()) <= 1, verdict.toString());
        // 0.01 would have been seen with 225 queries of so little spread: it isn't there, so half of it is asked for
        final Verdict narrow = Verdict.of(new BcaEstimate(-0.007, -0.014, 0, -0.0125, 0, 225), 0.05);
        assertEquals("INCONCLUSIVE: 225 queries, about 620 needed to show a gain of 0.0050 nDCG", narrow.toString());
        final Verdict passed = Verdict.of(new BcaEstimate(0.0125, 0.001, 0.033, 0.002, 0.03, 225), 0.16);
        assertTrue(passed.passed());
    }

    @Test
    void evaluatesAPolicyAsMeasured() {
        final PolicyOutcomes t1 = new PolicyOutcomes(
                "t1", new double[] {1, 0.5, 0, 0.5}, new double[] {4, 1, 2, 3}, new byte[] {2, 0, 1, 2});
        final PolicyEvaluation evaluation = PolicyEvaluation.of(t1);
        assertEquals(0.5, evaluation.ndcg10(), 1e-12);
        assertEquals(2.5, evaluation.meanMs(), 1e-12);
        assertEquals(4, evaluation.p95Ms(), 0);
        assertArrayEquals(new double[] {0.25, 0.25, 0.5}, evaluation.share(), 1e-12);
        final PolicyOutcomes skip =
                new PolicyOutcomes("skip", new double[] {0.5, 0.5, 0, 0}, new double[4], new byte[4]);
        final BcaEstimate difference = PolicyEvaluation.difference(t1, skip);
        assertEquals(0.25, difference.estimate(), 1e-12);
        assertTrue(difference.lo() >= 0 && difference.hi() <= 0.5);
        final PolicyOutcomes other = new PolicyOutcomes("o", new double[1], new double[1], new byte[1]);
        assertThrows(IllegalArgumentException.class, () -> PolicyEvaluation.difference(t1, other));
    }
}
