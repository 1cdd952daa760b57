package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.Percentiles;

/**
 * A budget as a linear constraint on measured queries: the mean over queries of {@code load[arm][query]} may be at most
 * {@code limit}.
 *
 * <p>A p95 is one too: the p95 (nearest rank) is within L exactly when at most {@code n - ceil(0.95 n)} queries take
 * longer than L. Of a log the share that takes longer under an arm is that of the rows that ran it, by inverse propensity
 * (Hájek 1971): a doubly robust score of a latency is no latency, and can't be held against L.
 *
 * @param name for reports, with its unit.
 * @param load {@code [arm][query]}.
 * @param limit of the mean.
 */
record Load(String name, double[][] load, double limit) {
    private static final double P95 = 0.95;
    private static final String OVER_P95 = "share_over_p95_limit";

    static Load of(final Budget budget, final MeasuredArms measured) {
        return switch (budget) {
            case Budget.MeanShare share -> ofMean(share, measured);
            case Budget.P95Lift lift -> ofP95(lift, measured);
        };
    }

    private static Load ofMean(final Budget.MeanShare budget, final MeasuredArms measured) {
        final double[][] load = new double[Arm.COUNT][measured.size()];
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            for (int q = 0; q < measured.size(); q++) {
                load[arm][q] = measured.costMs(arm, q);
            }
        }
        return new Load("mean_ms", load, budget.share() * measured.meanCostMs(Arm.FULL.code()));
    }

    private static Load ofP95(final Budget.P95Lift budget, final MeasuredArms measured) {
        final int n = measured.size();
        final double limitMs = baselineP95Ms(budget, measured) + budget.liftMs();
        final LoggedArms log = measured.log();
        if (log != null) {
            return new Load(OVER_P95, log.sharesOver(limitMs), 1 - P95);
        }
        final double[][] load = new double[Arm.COUNT][n];
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            for (int q = 0; q < n; q++) {
                load[arm][q] = measured.latencyMs()[arm][q] > limitMs ? 1 : 0;
            }
        }
        return new Load(OVER_P95, load, (double) (n - Percentiles.rank(P95, n)) / n);
    }

    static double baselineP95Ms(final Budget.P95Lift budget, final MeasuredArms measured) {
        return Double.isNaN(budget.baselineP95Ms())
                ? measured.p95Ms(new byte[measured.size()]) // SKIP for all
                : budget.baselineP95Ms();
    }

    /** The mean load of a choice of arms. */
    double mean(final byte[] arms) {
        double sum = 0;
        for (int q = 0; q < arms.length; q++) {
            sum += load[arms[q]][q];
        }
        return sum / arms.length;
    }

    /** The standard error of {@link #mean}. */
    double standardError(final byte[] arms) {
        final double mean = mean(arms);
        double squares = 0;
        for (int q = 0; q < arms.length; q++) {
            squares += (load[arms[q]][q] - mean) * (load[arms[q]][q] - mean);
        }
        return arms.length < 2 ? 0 : Math.sqrt(squares / (arms.length - 1.0) / arms.length);
    }
}
