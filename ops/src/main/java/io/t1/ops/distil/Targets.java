package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.statistics.IsotonicRegression;
import io.t1.router.artifact.FrontierPoint;
import java.util.List;

/**
 * What the table's outputs are fitted to, by the formulas of the definitions, from expectations and the data beside
 * them.
 *
 * @param price lambda, nDCG per ms.
 * @param calibration from a chance of benefit to one that held-out queries keep.
 * @param bestArm code of the arm that is expected to be worth most at that price.
 * @param tau {@code clamp(1 - lambda * c / G, 0, 1)}.
 * @param spendCapMs p95 cost of the best arm; 0 for SKIP. What the teacher's forest learns.
 * @param breakEvenMs {@link #breakEvenMs}: what the table learns in its place.
 * @param minConfGain {@code lambda * c_CHEAP}.
 * @param score calibrated chance of benefit, mixed with the benefit seen.
 * @param expectedGain expected gain of FULL, mixed with the gain seen.
 * @param weights higher where a query stands near the break-even: disagreement costs there.
 */
record Targets(
        double price,
        IsotonicRegression calibration,
        int[] bestArm,
        double[] tau,
        double[] spendCapMs,
        double[] breakEvenMs,
        double[] minConfGain,
        double[] score,
        double[] expectedGain,
        double[] weights) {
    /** The teacher's share beside the data's: its expectations are smoother, and biased. */
    private static final double TEACHER_SHARE = 0.7;

    private static final double NEAR = 0.15;
    private static final double EXTRA_WEIGHT = 2;

    static Targets of(
            final TrainingSet set,
            final Expectations expected,
            final double price,
            final List<FrontierPoint> frontier) {
        final int n = set.size();
        final double[] benefits = set.benefits();
        // expectations come from teachers that didn't see the query, so this calibrates on held-out data
        final IsotonicRegression calibrated = IsotonicRegression.fit(expected.benefitChance(), benefits);
        final Targets targets = new Targets(
                price,
                calibrated,
                new int[n],
                new double[n],
                new double[n],
                breakEvenMs(expected, price, frontier),
                new double[n],
                new double[n],
                new double[n],
                new double[n]);
        final double[] armCostMs = {0, dearest(frontier, Arm.CHEAP), dearest(frontier, Arm.FULL)};
        for (int q = 0; q < n; q++) {
            final double chance = calibrated.at(expected.benefitChance()[q]);
            final int arm = BudgetPrice.bestArm(price, expected, q);
            targets.bestArm[q] = arm;
            targets.tau[q] = Math.clamp(1 - price * expected.fullCostMs()[q] / expected.benefit()[q], 0, 1);
            targets.spendCapMs[q] = armCostMs[arm];
            targets.minConfGain[q] = price * expected.cheapCostMs()[q];
            targets.score[q] = TEACHER_SHARE * chance + (1 - TEACHER_SHARE) * benefits[q];
            targets.expectedGain[q] = TEACHER_SHARE * expected.fullGain()[q]
                    + (1 - TEACHER_SHARE) * set.measured().gain(Arm.FULL.code(), q);
            final double distance = (chance + targets.tau[q] - 1) / NEAR;
            targets.weights[q] = 1 + EXTRA_WEIGHT * Math.exp(-0.5 * distance * distance);
        }
        return targets;
    }

    /**
     * What FULL may cost a query before CHEAP is worth as much: FULL's dearest cost on the frontier, and beyond it what FULL is
     * expected to be worth over CHEAP, in ms at the price. So a cap that reaches FULL's cost says that FULL is worth more, as
     * the cost of the arm that is worth most would; but it has no step there, which a sum of curves can't follow
     * (docs/adr/0159-a-spend-cap-is-a-break-even-cost.md). Cut half way to CHEAP's cost, and as far above FULL's: how much more
     * or less the other arm is worth decides nothing.
     *
     * @param price nDCG per ms; at 0 the sign of the difference alone counts.
     */
    static double[] breakEvenMs(final Expectations expected, final double price, final List<FrontierPoint> frontier) {
        final double fullMs = dearest(frontier, Arm.FULL);
        final double mostMs = Math.max(0, fullMs - dearest(frontier, Arm.CHEAP)) / 2;
        final double[] breakEvenMs = new double[expected.size()];
        for (int q = 0; q < breakEvenMs.length; q++) {
            final double gained = expected.fullGain()[q] - expected.cheapGain()[q];
            final double paid = price * (expected.fullCostMs()[q] - expected.cheapCostMs()[q]);
            final double worthMs = gained == paid ? 0 : (gained - paid) / price;
            breakEvenMs[q] = fullMs + Math.clamp(worthMs, -mostMs, mostMs);
        }
        return breakEvenMs;
    }

    static float dearest(final List<FrontierPoint> frontier, final Arm arm) {
        float dearest = 0;
        for (final FrontierPoint point : frontier) {
            if (point.arm() == arm) {
                dearest = Math.max(dearest, point.p95CostMs());
            }
        }
        return dearest;
    }
}
