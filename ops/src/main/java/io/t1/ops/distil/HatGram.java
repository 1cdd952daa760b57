package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normal equations of an additive fit in the basis of hat functions, one a feature and knot, centred by the weighted
 * means so that the intercept drops out, per unit of weight.
 *
 * @param features how many.
 * @param gram {@code [f * 17 + i][g * 17 + j]}.
 * @param right {@code [f * 17 + i]}.
 * @param means of the hat functions.
 * @param meanTarget of the target.
 */
record HatGram(int features, double[][] gram, double[] right, double[] means, double meanTarget) {
    static final int KNOTS = FeatureSpec.KNOTS;

    /** Queries that are gone through for one pair of features before the next: their codes stay near. */
    private static final int TILE = 2_048;

    private static final int SIXTEENTHS = 15;

    /**
     * Of one target.
     *
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more, not all 0.
     */
    static HatGram of(final byte[][] codes, final double[] target, final double[] weights) {
        return of(codes, weights, List.of(target)).getFirst();
    }

    /**
     * Of several targets of the same queries, of which the products of the hats are the same. Features are gone through on
     * as many threads as there are; each cell's sum is in the order of the queries.
     *
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more, not all 0.
     */
    static List<HatGram> of(final byte[][] codes, final double[] weights, final List<double[]> targets) {
        final int features = codes[0].length;
        final int size = features * KNOTS;
        final double total = Arrays.stream(weights).sum();
        final double[] shares =
                Arrays.stream(weights).map(weight -> weight / total).toArray();
        final byte[][] columns = columns(codes);
        final double[][] gram = new double[size][size];
        final double[] means = new double[size];
        final double[][] rights = new double[targets.size()][size];
        IntStream.range(0, features).parallel().forEach(f -> {
            addHats(columns[f], shares, f, means);
            for (int t = 0; t < rights.length; t++) {
                addRight(columns[f], shares, targets.get(t), f, rights[t]);
            }
            final double[] products = products(columns, shares, f);
            for (int i = 0; i < KNOTS; i++) {
                System.arraycopy(products, i * size, gram[f * KNOTS + i], 0, size);
            }
        });
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i][j] -= means[i] * means[j];
            }
        }
        return IntStream.range(0, rights.length)
                .mapToObj(t -> centred(features, gram, rights[t], means, mean(targets.get(t), shares)))
                .toList();
    }

    private static HatGram centred(
            final int features,
            final double[][] gram,
            final double[] right,
            final double[] means,
            final double meanTarget) {
        for (int i = 0; i < right.length; i++) {
            right[i] -= means[i] * meanTarget;
        }
        return new HatGram(features, gram, right, means, meanTarget);
    }

    private static byte[][] columns(final byte[][] codes) {
        final byte[][] columns = new byte[codes[0].length][codes.length];
        for (int q = 0; q < codes.length; q++) {
            for (int f = 0; f < columns.length; f++) {
                columns[f][q] = codes[q][f];
            }
        }
        return columns;
    }

    private static double mean(final double[] target, final double[] shares) {
        double mean = 0;
        for (int q = 0; q < target.length; q++) {
            mean += shares[q] * target[q];
        }
        return mean;
    }

    private static void addHats(final byte[] column, final double[] shares, final int f, final double[] means) {
        for (int q = 0; q < column.length; q++) {
            final int code = column[q] & 0xFF;
            final int left = f * KNOTS + (code >> 4);
            final double beyond = (code & SIXTEENTHS) / 16.0;
            means[left] += shares[q] * (1 - beyond);
            means[left + 1] += shares[q] * beyond;
        }
    }

    private static void addRight(
            final byte[] column, final double[] shares, final double[] target, final int f, final double[] right) {
        for (int q = 0; q < column.length; q++) {
            final int code = column[q] & 0xFF;
            final int left = f * KNOTS + (code >> 4);
            final double beyond = (code & SIXTEENTHS) / 16.0;
            right[left] += shares[q] * (1 - beyond) * target[q];
            right[left + 1] += shares[q] * beyond * target[q];
        }
    }

    /** Weighted products of one feature's hats with all hats: {@code [17 * features * i + 17 * g + j]}. */
    private static double[] products(final byte[][] columns, final double[] shares, final int f) {
        final int size = columns.length * KNOTS;
        final double[] products = new double[KNOTS * size];
        final int[] row = new int[TILE];
        final double[] before = new double[TILE];
        final double[] after = new double[TILE];
        for (int begin = 0; begin < shares.length; begin += TILE) {
            final int count = Math.min(TILE, shares.length - begin);
            for (int i = 0; i < count; i++) {
                final int code = columns[f][begin + i] & 0xFF;
                final double beyond = (code & SIXTEENTHS) / 16.0;
                row[i] = size * (code >> 4);
                before[i] = shares[begin + i] * (1 - beyond);
                after[i] = shares[begin + i] * beyond;
            }
            for (int g = 0; g < columns.length; g++) {
                final byte[] column = columns[g];
                for (int i = 0; i < count; i++) {
                    final int code = column[begin + i] & 0xFF;
                    final double beyond = (code & SIXTEENTHS) / 16.0;
                    final int at = row[i] + g * KNOTS + (code >> 4);
                    products[at] += before[i] * (1 - beyond);
                    products[at + 1] += before[i] * beyond;
                    products[at + size] += after[i] * (1 - beyond);
                    products[at + size + 1] += after[i] * beyond;
                }
            }
        }
        return products;
    }

    /**
     * The same for another target of the same queries under the same weights.
     *
     * @param codes {@code [query][feature]}.
     */
    HatGram to(final byte[][] codes, final double[] target, final double[] weights) {
        final double[] ofTarget = new double[right.length];
        double mean = 0;
        final double total = Arrays.stream(weights).sum();
        for (int q = 0; q < codes.length; q++) {
            final double w = weights[q] / total * target[q];
            mean += w;
            for (int f = 0; f < features; f++) {
                final int code = codes[q][f] & 0xFF;
                final int left = f * KNOTS + (code >> 4);
                final double beyond = (code & 15) / 16.0;
                ofTarget[left] += w * (1 - beyond);
                ofTarget[left + 1] += w * beyond;
            }
        }
        for (int i = 0; i < ofTarget.length; i++) {
            ofTarget[i] -= means[i] * mean;
        }
        return new HatGram(features, gram, ofTarget, means, mean);
    }
}
