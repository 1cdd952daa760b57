package io.t1.ops.statistics;

/**
 * The population stability index: how far two samples of one quantity lie apart over the same cells, {@code sum (q - p)
 * ln(q / p)}. Half a count is added to each cell, so that an empty one doesn't make it infinite.
 *
 * <p>Source: Siddiqi 2006, Credit Risk Scorecards (under 0.1 stable, over 0.25 drifted). That it is noise alone below
 * {@code (1/n + 1/m) chi2(0.95, cells - 1)}: Yurdakul 2018, Statistical Properties of Population Stability Index.
 *
 * @param index 0 for equal shares.
 * @param noise what an index of two samples of one population stays under in 19 of 20 cases.
 */
public record PopulationStability(double index, double noise) {
    private static final double HALF = 0.5;
    private static final double ONE_IN_TWENTY = 0.95;

    /**
     * Of two samples.
     *
     * @param before counts a cell, with one or more in all.
     * @param now the same cells.
     */
    public static PopulationStability of(final long[] before, final long[] now) {
        if (before.length != now.length) {
            throw new IllegalArgumentException("cells=" + before.length + " != " + now.length);
        }
        double n = 0;
        double m = 0;
        int cells = 0;
        for (int c = 0; c < before.length; c++) {
            if (before[c] + now[c] > 0) {
                n += before[c] + HALF;
                m += now[c] + HALF;
                cells++;
            }
        }
        double index = 0;
        for (int c = 0; c < before.length; c++) {
            if (before[c] + now[c] > 0) {
                final double p = (before[c] + HALF) / n;
                final double q = (now[c] + HALF) / m;
                index += (q - p) * Math.log(q / p);
            }
        }
        return new PopulationStability(index, (1 / n + 1 / m) * chiSquared(cells - 1));
    }

    /** Its 95th percentile, within 1 %. Source: Wilson and Hilferty 1931. */
    private static double chiSquared(final int freedom) {
        if (freedom < 1) {
            return 0;
        }
        final double spread = 2.0 / (9 * freedom);
        final double root = 1 - spread + StandardNormal.quantile(ONE_IN_TWENTY) * Math.sqrt(spread);
        return freedom * root * root * root;
    }
}
