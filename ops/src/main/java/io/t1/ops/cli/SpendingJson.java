package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.ops.gate.LogSupport;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.BcaEstimate;
import org.jspecify.annotations.Nullable;

/**
 * A spending as {@code --json} prints it.
 *
 * @param ndcg10 of the policies.
 * @param arms shares.
 * @param costMs mean extra latency over SKIP.
 * @param costShare of FULL's.
 * @param gainShare of FULL's.
 * @param randomGainShare of FULL's, FULL or SKIP at random for the same money.
 * @param bestRandomGainShare of FULL's, the best random mixture for the same money.
 * @param boundGainShare of FULL's, outcomes known; null of a log.
 * @param shareOfBound achieved over bound; null of a log.
 * @param p95Ms of the policies.
 * @param overRandom paired difference.
 * @param overBestRandom paired difference.
 * @param offPolicy what the log can say of the policy; null where every arm was measured.
 */
record SpendingJson(
        Policies ndcg10,
        Shares arms,
        double costMs,
        double costShare,
        double gainShare,
        double randomGainShare,
        double bestRandomGainShare,
        @Nullable Double boundGainShare,
        @Nullable Double shareOfBound,
        Policies p95Ms,
        Difference overRandom,
        Difference overBestRandom,
        @Nullable OffPolicy offPolicy) {
    /** A figure a policy. */
    record Policies(double skip, double cheap, double full, double t1) {
        static Policies of(final double[] arms, final double t1) {
            return new Policies(arms[Arm.SKIP.code()], arms[Arm.CHEAP.code()], arms[Arm.FULL.code()], t1);
        }
    }

    /** Shares of queries by arm. */
    record Shares(double skip, double cheap, double full) {}

    /** A paired difference with its two-sided 95 % interval and one-sided lower bound. */
    record Difference(double mean, double lo, double hi, double lowerBound) {
        static Difference of(final BcaEstimate estimate) {
            return new Difference(estimate.estimate(), estimate.lo(), estimate.hi(), estimate.lowerBound());
        }
    }

    /** How much a log can say of a policy. */
    record OffPolicy(double essOverN, double kappa, double meanWeight, double standardError, boolean answered) {
        static OffPolicy of(final LogSupport support) {
            return new OffPolicy(
                    support.essOverN(),
                    support.kappa(),
                    support.meanWeight(),
                    support.standardError(),
                    support.answers());
        }
    }

    /** A constraint of the budget. */
    record Constraint(
            String name, double value, double limit, double slack, double headroom, double multiplier, boolean binds) {
        static Constraint of(final ThresholdChoice choice) {
            final ThresholdChoice.Constraint constraint = choice.constraint();
            return new Constraint(
                    constraint.name(),
                    constraint.value(),
                    constraint.limit(),
                    constraint.slack(),
                    constraint.headroom(),
                    constraint.multiplier(),
                    constraint.binds());
        }
    }

    static SpendingJson of(final Spending spending) {
        return new SpendingJson(
                Policies.of(spending.armNdcg10(), spending.ndcg10()),
                new Shares(
                        spending.armShares()[Arm.SKIP.code()],
                        spending.armShares()[Arm.CHEAP.code()],
                        spending.armShares()[Arm.FULL.code()]),
                spending.costMs(),
                spending.costShare(),
                spending.gainShare(),
                spending.randomGainShare(),
                spending.bestRandomGainShare(),
                known(spending.boundGainShare()),
                known(spending.shareOfBound()),
                Policies.of(spending.armP95Ms(), spending.p95Ms()),
                Difference.of(spending.overRandom()),
                Difference.of(spending.overBestRandom()),
                spending.support() == null ? null : OffPolicy.of(spending.support()));
    }

    /** Null for what isn't known. */
    static @Nullable Double known(final double value) {
        return Double.isNaN(value) ? null : value;
    }
}
