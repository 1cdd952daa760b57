package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.MeasuredArms;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The price of time, lambda, in nDCG per ms: the Lagrange multiplier at which each query taking the arm that maximises
 * {@code expected gain - lambda * expected cost} spends, in all, what the budget allows.
 */
final class BudgetPrice {
    private static final int HALVINGS = 60;
    private static final double HIGHEST = 1e6;
    private static final int PART = 16_384;

    private BudgetPrice() {}

    /**
     * The price at which a share of FULL's mean extra cost is spent; 0 when even free spending keeps the budget.
     *
     * @param share above 0.
     */
    static double at(final double share, final Expectations expected, final MeasuredArms measured) {
        final double budget = share * measured.meanCostMs(Arm.FULL.code());
        final double[][] costsMs = costsMs(measured);
        if (meanCost(0, expected, costsMs) <= budget) {
            return 0;
        }
        double low = 0;
        double high = 1e-6;
        while (meanCost(high, expected, costsMs) > budget && high < HIGHEST) {
            low = high;
            high *= 4;
        }
        for (int i = 0; i < HALVINGS; i++) {
            final double middle = (low + high) / 2;
            if (meanCost(middle, expected, costsMs) > budget) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The arm that is expected to be worth most to query q at a price. */
    static int bestArm(final double price, final Expectations expected, final int q) {
        final double cheap = expected.cheapGain()[q] - price * expected.cheapCostMs()[q];
        final double full = expected.fullGain()[q] - price * expected.fullCostMs()[q];
        if (full > 0 && full >= cheap) {
            return Arm.FULL.code();
        }
        return cheap > 0 ? Arm.CHEAP.code() : Arm.SKIP.code();
    }

    /** Costs over SKIP, {@code [query][arm]}: they are gone through some sixty times. */
    private static double[][] costsMs(final MeasuredArms measured) {
        final double[][] costsMs = new double[measured.size()][Arm.COUNT];
        for (int q = 0; q < costsMs.length; q++) {
            for (int arm = 0; arm < Arm.COUNT; arm++) {
                costsMs[q][arm] = measured.costMs(arm, q);
            }
        }
        return costsMs;
    }

    /** Summed up by parts, on as many threads as there are; parts don't depend on their number. */
    private static double meanCost(final double price, final Expectations expected, final double[][] costsMs) {
        final double[] sums = new double[(costsMs.length + PART - 1) / PART];
        IntStream.range(0, sums.length).parallel().forEach(part -> {
            double sum = 0;
            for (int q = part * PART; q < Math.min(costsMs.length, (part + 1) * PART); q++) {
                sum += costsMs[q][bestArm(price, expected, q)];
            }
            sums[part] = sum;
        });
        return Arrays.stream(sums).sum() / costsMs.length;
    }
}
