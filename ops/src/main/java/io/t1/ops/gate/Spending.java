package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a choice of arms gave and cost on measured queries, beside what else the same money could buy.
 *
 * @param queries judged.
 * @param armNdcg10 mean nDCG@10 of each arm given to all.
 * @param ndcg10 of the policy.
 * @param armShares share of queries that got each arm.
 * @param costMs mean extra latency over SKIP.
 * @param costShare the same as a share of FULL's.
 * @param gainShare share of FULL's mean gain kept; may be above 1. 0 when FULL gains nothing.
 * @param randomGainShare the same for FULL or SKIP at random, for the same mean cost.
 * @param bestRandomGainShare the same for the best random mixture of all arms, for the same mean cost.
 * @param boundGainShare the same for the fractional-knapsack bound: the outcomes known beforehand; NaN of a log, where
 *     they never are.
 * @param shareOfBound achieved over bound; NaN of a log.
 * @param armP95Ms p95 of the whole latency of each arm given to all.
 * @param p95Ms of the policy.
 * @param overRandom nDCG of the policy less that of FULL or SKIP at random, paired by query.
 * @param overBestRandom the same against the best random mixture.
 * @param verdict against the best random mixture.
 * @param support what the log can say of the policy; null where every arm was measured.
 */
public record Spending(
        int queries,
        double[] armNdcg10,
        double ndcg10,
        double[] armShares,
        double costMs,
        double costShare,
        double gainShare,
        double randomGainShare,
        double bestRandomGainShare,
        double boundGainShare,
        double shareOfBound,
        double[] armP95Ms,
        double p95Ms,
        BcaEstimate overRandom,
        BcaEstimate overBestRandom,
        Verdict verdict,
        @Nullable LogSupport support) {
    /** Judges a choice of arms, one code a query. */
    public static Spending of(final MeasuredArms measured, final byte[] arms) {
        final int n = measured.size();
        final double[] armNdcg10 = new double[Arm.COUNT];
        final double[] armP95Ms = new double[Arm.COUNT];
        final double[] armShares = new double[Arm.COUNT];
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            final byte[] forAll = new byte[n];
            Arrays.fill(forAll, (byte) arm);
            armP95Ms[arm] = measured.p95Ms(forAll);
            for (int q = 0; q < n; q++) {
                armNdcg10[arm] += measured.ndcg10()[arm][q] / n;
            }
        }
        double gain = 0;
        double costMs = 0;
        for (int q = 0; q < n; q++) {
            final int arm = arms[q];
            armShares[arm] += 1.0 / n;
            gain += measured.gain(arm, q) / n;
            costMs += measured.costMs(arm, q) / n;
        }
        final double fullGain = measured.meanGain(Arm.FULL.code());
        final RandomSpending random = RandomSpending.fullOrSkip(measured, costMs);
        final RandomSpending bestRandom = RandomSpending.best(measured, costMs);
        final double bound =
                measured.log() != null ? Double.NaN : KnapsackBound.meanGain(measured, Math.max(0, costMs));
        final double[] overRandom = differences(measured, arms, random);
        final double[] overBest = differences(measured, arms, bestRandom);
        final BcaEstimate plain = BcaBootstrap.STANDARD.ofMean(overRandom);
        final BcaEstimate best = BcaBootstrap.STANDARD.ofMean(overBest);
        final LogSupport support = measured.support(arms);
        // a policy that has learnt nothing may hardly differ from a mixture; one that has will differ as from FULL or
        // SKIP
        final double deviation =
                Math.max(deviation(overRandom, plain.estimate()), deviation(overBest, best.estimate()));
        return new Spending(
                n,
                armNdcg10,
                armNdcg10[Arm.SKIP.code()] + gain,
                armShares,
                costMs,
                ratio(costMs, measured.meanCostMs(Arm.FULL.code())),
                ratio(gain, fullGain),
                ratio(random.meanGain(measured), fullGain),
                ratio(bestRandom.meanGain(measured), fullGain),
                ratio(bound, fullGain),
                ratio(gain, bound),
                armP95Ms,
                measured.p95Ms(arms),
                plain,
                best,
                support == null || support.answers() ? Verdict.of(best, deviation) : Verdict.unsupported(n),
                support);
    }

    private static double[] differences(final MeasuredArms measured, final byte[] arms, final RandomSpending random) {
        final double[] differences = new double[arms.length];
        for (int q = 0; q < arms.length; q++) {
            differences[q] = measured.gain(arms[q], q) - random.gain(measured, q);
        }
        return differences;
    }

    private static double deviation(final double[] values, final double mean) {
        double squares = 0;
        for (final double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    private static double ratio(final double part, final double whole) {
        return whole <= 0 ? 0 : part / whole;
    }
}
