package io.t1.ops.gate;

import java.util.Locale;

/**
 * How much a log can say of a policy: by the weights {@code w = 1{logged arm = the policy's} / propensity}, whose mean is 1
 * under any policy that the log covers.
 *
 * @param essOverN effective sample size over rows, {@code (sum w)^2 / (n sum w^2)} (Kish 1965); 0 when no row agrees.
 * @param meanWeight of all rows.
 * @param standardError of the mean weight.
 */
public record LogSupport(double essOverN, double meanWeight, double standardError) {
    /** Least effective share of the rows that is answered on. */
    public static final double LEAST_ESS_OVER_N = 0.2;

    private static final double TOLERATED = 0.01;
    private static final double ERRORS = 4;

    /** Of a policy's arms, one code a row. */
    static LogSupport of(final LoggedArms log, final byte[] arms) {
        final int n = arms.length;
        double sum = 0;
        double squares = 0;
        for (int q = 0; q < n; q++) {
            final double weight = log.weight(q, arms[q]);
            sum += weight;
            squares += weight * weight;
        }
        final double mean = sum / n;
        final double variance = n < 2 ? 0 : (squares - n * mean * mean) / (n - 1);
        return new LogSupport(squares == 0 ? 0 : sum * sum / squares / n, mean, Math.sqrt(Math.max(0, variance) / n));
    }

    /** The weights' standard deviation over their mean; without any row that agrees without bound. */
    public double kappa() {
        return essOverN == 0 ? Double.MAX_VALUE : Math.sqrt(Math.max(0, 1 / essOverN - 1));
    }

    /** Whether the effective sample is large enough. */
    public boolean largeEnough() {
        return essOverN >= LEAST_ESS_OVER_N;
    }

    /** Whether the mean weight is 1 within chance; else the policy does what the log never did, or propensities are wrong. */
    public boolean covered() {
        return Math.abs(meanWeight - 1) <= TOLERATED + ERRORS * standardError;
    }

    /** Whether an estimate may be given. */
    public boolean answers() {
        return largeEnough() && covered();
    }

    @Override
    public String toString() {
        final String figures = String.format(
                Locale.ROOT,
                "effective sample %.3f of the rows (at least %.1f), kappa %.2f, mean weight %.3f +- %.3f",
                essOverN,
                LEAST_ESS_OVER_N,
                kappa(),
                meanWeight,
                standardError);
        if (!covered()) {
            return figures + ": not 1, so the log lacks arms that are asked of it, or its propensities are wrong";
        }
        return largeEnough() ? figures : figures + ": too small to answer; log arms more evenly";
    }
}
