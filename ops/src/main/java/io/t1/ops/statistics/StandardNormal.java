package io.t1.ops.statistics;

/** The standard normal distribution. Threading: any. */
public final class StandardNormal {
    // coefficients of P. J. Acklam's rational approximation of the quantile, relative error under 1.2e-9
    private static final double[] A = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01
    };
    private static final double[] C = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00
    };
    private static final double LOW = 0.02425;
    private static final double SQRT_2PI = Math.sqrt(2 * Math.PI);

    private StandardNormal() {}

    /** The density at z. */
    public static double density(final double z) {
        return Math.exp(-0.5 * z * z) / SQRT_2PI;
    }

    /**
     * P(Z &lt;= z), absolute error under 1e-13: the series of Abramowitz and Stegun 26.2.11 near zero, the continued
     * fraction 26.2.14 in the tails.
     */
    public static double cumulative(final double z) {
        if (Double.isNaN(z)) {
            return Double.NaN;
        }
        if (z < -38) {
            return 0;
        }
        if (z > 38) {
            return 1;
        }
        if (Math.abs(z) < 4) {
            double term = z;
            double sum = z;
            for (int k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
                term *= z * z / (2 * k + 1);
                sum += term;
            }
            return 0.5 + sum * density(z);
        }
        final double x = Math.abs(z);
        double fraction = 0;
        for (int k = 100; k >= 1; k--) {
            fraction = k / (x + fraction);
        }
        final double tail = density(x) / (x + fraction);
        return z < 0 ? tail : 1 - tail;
    }

    /**
     * The z with P(Z &lt;= z) = p: Acklam's approximation, refined by one step of Halley's method.
     *
     * @param p 0 to 1; the ends give the infinities.
     */
    public static double quantile(final double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p=" + p + " not in 0..1");
        }
        if (p == 0 || p == 1) {
            return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        final double start = approximateQuantile(p);
        final double error = (cumulative(start) - p) / density(start);
        return start - error / (1 + start * error / 2);
    }

    private static double approximateQuantile(final double p) {
        if (p < LOW) {
            return tail(Math.sqrt(-2 * Math.log(p)));
        }
        if (p > 1 - LOW) {
            return -tail(Math.sqrt(-2 * Math.log1p(-p)));
        }
        final double q = p - 0.5;
        final double r = q * q;
        return (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5])
                * q
                / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1);
    }

    private static double tail(final double q) {
        return (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
                / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1);
    }
}
