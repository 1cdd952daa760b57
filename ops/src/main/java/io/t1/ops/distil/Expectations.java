package io.t1.ops.distil;

import java.util.stream.IntStream;

/**
 * What is expected of each query, by models that haven't seen its outcomes.
 *
 * @param benefitChance P(b=1 | x).
 * @param fullGain E[nDCG of FULL - nDCG of SKIP | x].
 * @param cheapGain E[nDCG of CHEAP - nDCG of SKIP | x].
 * @param benefit G(x) = E[nDCG of FULL - nDCG of SKIP | b=1, x].
 * @param fullCostMs c(x) = E[latency of FULL - latency of SKIP | x].
 * @param cheapCostMs the same for CHEAP.
 */
record Expectations(
        double[] benefitChance,
        double[] fullGain,
        double[] cheapGain,
        double[] benefit,
        double[] fullCostMs,
        double[] cheapCostMs) {
    static Expectations ofSize(final int queries) {
        return new Expectations(
                new double[queries],
                new double[queries],
                new double[queries],
                new double[queries],
                new double[queries],
                new double[queries]);
    }

    int size() {
        return benefitChance.length;
    }

    private double[][] columns() {
        return new double[][] {benefitChance, fullGain, cheapGain, benefit, fullCostMs, cheapCostMs};
    }

    /** Copies {@code from} into this at the given places. */
    void put(final int[] places, final Expectations from) {
        final double[][] into = columns();
        final double[][] source = from.columns();
        for (int c = 0; c < into.length; c++) {
            for (int i = 0; i < places.length; i++) {
                into[c][places[i]] = source[c][i];
            }
        }
    }

    /** The mean of two words on the same queries. */
    Expectations meanWith(final Expectations other) {
        final Expectations mean = ofSize(size());
        final double[][] into = mean.columns();
        for (int c = 0; c < into.length; c++) {
            for (int q = 0; q < size(); q++) {
                into[c][q] = (columns()[c][q] + other.columns()[c][q]) / 2;
            }
        }
        return mean;
    }

    /** Those of so many queries from the first on. */
    Expectations first(final int queries) {
        return queries == size() ? this : at(IntStream.range(0, queries).toArray());
    }

    /** Those of some queries, in the order of {@code places}. */
    Expectations at(final int[] places) {
        final Expectations picked = ofSize(places.length);
        final double[][] into = picked.columns();
        final double[][] source = columns();
        for (int c = 0; c < into.length; c++) {
            for (int i = 0; i < places.length; i++) {
                into[c][i] = source[c][places[i]];
            }
        }
        return picked;
    }
}
