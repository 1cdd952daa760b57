package io.t1.ops.gate;

import io.t1.codec.Arm;

/**
 * What chance would buy for the same money: an arm drawn for each query with the same probabilities, blind to the query.
 *
 * @param cheap chance of CHEAP.
 * @param full chance of FULL.
 */
public record RandomSpending(double cheap, double full) {
    /** FULL or SKIP, so that the mean cost over SKIP is {@code costMs} (FULL for all at most). */
    public static RandomSpending fullOrSkip(final MeasuredArms measured, final double costMs) {
        final double fullCostMs = measured.meanCostMs(Arm.FULL.code());
        return new RandomSpending(0, fullCostMs <= 0 ? 0 : Math.clamp(costMs / fullCostMs, 0, 1));
    }

    /**
     * The mixture of all arms that gains most at a mean cost over SKIP of at most {@code costMs}: what a policy must
     * beat to have learnt anything about queries, since an arm may simply be the better bargain for all.
     */
    public static RandomSpending best(final MeasuredArms measured, final double costMs) {
        RandomSpending best = fullOrSkip(measured, costMs);
        final double cheapCostMs = measured.meanCostMs(Arm.CHEAP.code());
        final double fullCostMs = measured.meanCostMs(Arm.FULL.code());
        final RandomSpending cheapOrSkip =
                new RandomSpending(cheapCostMs <= 0 ? 1 : Math.clamp(costMs / cheapCostMs, 0, 1), 0);
        best = better(measured, best, cheapOrSkip);
        if (cheapCostMs < costMs && costMs < fullCostMs) {
            final double full = (costMs - cheapCostMs) / (fullCostMs - cheapCostMs);
            best = better(measured, best, new RandomSpending(1 - full, full));
        }
        return best;
    }

    private static RandomSpending better(
            final MeasuredArms measured, final RandomSpending one, final RandomSpending other) {
        return other.meanGain(measured) > one.meanGain(measured) ? other : one;
    }

    /** Its expected mean gain over SKIP. */
    public double meanGain(final MeasuredArms measured) {
        return cheap * measured.meanGain(Arm.CHEAP.code()) + full * measured.meanGain(Arm.FULL.code());
    }

    /** Its expected gain over SKIP for one query. */
    public double gain(final MeasuredArms measured, final int q) {
        return cheap * measured.gain(Arm.CHEAP.code(), q) + full * measured.gain(Arm.FULL.code(), q);
    }
}
