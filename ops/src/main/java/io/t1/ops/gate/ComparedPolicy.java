package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import org.jspecify.annotations.Nullable;

/**
 * A policy beside T1's, on the same queries.
 *
 * @param name e.g. {@code logistic_regression}.
 * @param ndcg10 mean.
 * @param costMs mean extra latency over SKIP.
 * @param costShare the same as a share of FULL's.
 * @param gainShare share of FULL's gain kept.
 * @param t1Minus T1's nDCG less its, paired by query; null for T1 itself.
 */
public record ComparedPolicy(
        String name,
        double ndcg10,
        double costMs,
        double costShare,
        double gainShare,
        @Nullable BcaEstimate t1Minus) {
    /**
     * Of the arms that it gives.
     *
     * @param t1 the arms that T1 gives; null when this is T1.
     */
    public static ComparedPolicy of(
            final String name, final MeasuredArms measured, final byte[] arms, final byte @Nullable [] t1) {
        final int n = measured.size();
        final double[] differences = new double[n];
        double gain = 0;
        double costMs = 0;
        for (int q = 0; q < n; q++) {
            gain += measured.gain(arms[q], q) / n;
            costMs += measured.costMs(arms[q], q) / n;
            differences[q] = t1 == null ? 0 : measured.gain(t1[q], q) - measured.gain(arms[q], q);
        }
        return of(name, measured, gain, costMs, t1 == null ? null : BcaBootstrap.STANDARD.ofMean(differences));
    }

    /** Of random spending, whose gain is an expectation. */
    public static ComparedPolicy of(
            final String name,
            final MeasuredArms measured,
            final RandomSpending random,
            final double costMs,
            final BcaEstimate t1Minus) {
        return of(name, measured, random.meanGain(measured), costMs, t1Minus);
    }

    private static ComparedPolicy of(
            final String name,
            final MeasuredArms measured,
            final double gain,
            final double costMs,
            final @Nullable BcaEstimate t1Minus) {
        final int full = Arm.FULL.code();
        final double fullGain = measured.meanGain(full);
        double skip = 0;
        for (final double ndcg10 : measured.ndcg10()[Arm.SKIP.code()]) {
            skip += ndcg10 / measured.size();
        }
        return new ComparedPolicy(
                name,
                skip + gain,
                costMs,
                costMs / measured.meanCostMs(full),
                fullGain <= 0 ? 0 : gain / fullGain,
                t1Minus);
    }
}
