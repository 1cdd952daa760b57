package io.t1.ops.distil;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weighted sums over queries that normal equations are made of, before they are centred; those of disjoint queries add up.
 *
 * @param features how many.
 * @param weight of all queries.
 * @param products of hats, {@code [f * 17 + i][g * 17 + j]}.
 * @param hats {@code [f * 17 + i]}.
 * @param rights of hats and targets, {@code [target][f * 17 + i]}.
 * @param targets of the targets alone.
 */
record HatSums(int features, double weight, double[][] products, double[] hats, double[][] rights, double[] targets) {
    private static final int KNOTS = HatGram.KNOTS;

    /** Queries that are gone through for one pair of features before the next: their codes stay near. */
    private static final int TILE = 2_048;

    private static final int SIXTEENTHS = 15;

    /**
     * Over queries. Features are gone through on as many threads as there are; each cell's sum is in the order of the queries.
     *
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more.
     */
    static HatSums of(final byte[][] codes, final double[] weights, final List<double[]> targets) {
        return of(codes[0].length, codes, weights, targets);
    }

    /** Of those queries among all that are {@code first}, {@code first + step} and so on; there may be none. */
    static HatSums ofEveryNth(
            final byte[][] codes,
            final double[] weights,
            final List<double[]> targets,
            final int first,
            final int step) {
        return of(
                codes[0].length,
                IntStream.iterate(first, q -> q < codes.length, q -> q + step)
                        .mapToObj(q -> codes[q])
                        .toArray(byte[][]::new),
                everyNth(weights, first, step),
                targets.stream().map(target -> everyNth(target, first, step)).toList());
    }

    private static HatSums of(
            final int features, final byte[][] codes, final double[] weights, final List<double[]> targets) {
        final byte[][] columns = columns(features, codes);
        final HatSums sums =
                empty(features, targets.size(), Arrays.stream(weights).sum());
        Arrays.setAll(sums.targets, t -> sum(targets.get(t), weights));
        // the first feature has the most products and the last the fewest: one of either together, as much work each
        IntStream.rangeClosed(0, (features - 1) / 2).parallel().forEach(f -> {
            sums.add(columns, weights, targets, f);
            if (f != features - 1 - f) {
                sums.add(columns, weights, targets, features - 1 - f);
            }
        });
        for (int i = 0; i < sums.products.length; i++) {
            for (int j = i / KNOTS * KNOTS + KNOTS; j < sums.products.length; j++) {
                sums.products[j][i] = sums.products[i][j];
            }
        }
        return sums;
    }

    private static HatSums empty(final int features, final int targets, final double weight) {
        final int size = features * KNOTS;
        return new HatSums(
                features,
                weight,
                new double[size][size],
                new double[size],
                new double[targets][size],
                new double[targets]);
    }

    /** Over the queries of all. */
    static HatSums added(final List<HatSums> all) {
        final HatSums first = all.getFirst();
        final HatSums sums = empty(
                first.features,
                first.targets.length,
                all.stream().mapToDouble(HatSums::weight).sum());
        for (final HatSums one : all) {
            for (int i = 0; i < sums.products.length; i++) {
                add(one.products[i], sums.products[i]);
            }
            add(one.hats, sums.hats);
            for (int t = 0; t < sums.rights.length; t++) {
                add(one.rights[t], sums.rights[t]);
            }
            add(one.targets, sums.targets);
        }
        return sums;
    }

    private static void add(final double[] from, final double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += from[i];
        }
    }

    /** Centred and per unit of weight, one a target. */
    List<HatGram> normals() {
        final int size = hats.length;
        final double[] means = Arrays.stream(hats).map(sum -> sum / weight).toArray();
        final double[][] gram = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i][j] = products[i][j] / weight - means[i] * means[j];
            }
        }
        return IntStream.range(0, targets.length)
                .mapToObj(t -> {
                    final double mean = targets[t] / weight;
                    final double[] right = new double[size];
                    for (int i = 0; i < size; i++) {
                        right[i] = rights[t][i] / weight - means[i] * mean;
                    }
                    return new HatGram(features, gram, right, means, mean);
                })
                .toList();
    }

    private static double[] everyNth(final double[] values, final int first, final int step) {
        return IntStream.iterate(first, q -> q < values.length, q -> q + step)
                .mapToDouble(q -> values[q])
                .toArray();
    }

    private static byte[][] columns(final int features, final byte[][] codes) {
        final byte[][] columns = new byte[features][codes.length];
        for (int q = 0; q < codes.length; q++) {
            for (int f = 0; f < columns.length; f++) {
                columns[f][q] = codes[q][f];
            }
        }
        return columns;
    }

    private static double sum(final double[] target, final double[] weights) {
        double sum = 0;
        for (int q = 0; q < target.length; q++) {
            sum += weights[q] * target[q];
        }
        return sum;
    }

    /** What one feature's hats come to: alone, with the targets, and with the hats of itself and of later features. */
    private void add(final byte[][] columns, final double[] weights, final List<double[]> ofTargets, final int f) {
        addHats(columns[f], weights, f);
        for (int t = 0; t < rights.length; t++) {
            addRight(columns[f], weights, ofTargets.get(t), f, rights[t]);
        }
        final double[] ofFeature = products(columns, weights, f);
        for (int i = 0; i < KNOTS; i++) {
            System.arraycopy(ofFeature, i * hats.length, products[f * KNOTS + i], 0, hats.length);
        }
    }

    private void addHats(final byte[] column, final double[] weights, final int f) {
        for (int q = 0; q < column.length; q++) {
            final int code = column[q] & 0xFF;
            final int left = f * KNOTS + (code >> 4);
            final double beyond = (code & SIXTEENTHS) / 16.0;
            hats[left] += weights[q] * (1 - beyond);
            hats[left + 1] += weights[q] * beyond;
        }
    }

    private static void addRight(
            final byte[] column, final double[] weights, final double[] target, final int f, final double[] right) {
        for (int q = 0; q < column.length; q++) {
            final int code = column[q] & 0xFF;
            final int left = f * KNOTS + (code >> 4);
            final double beyond = (code & SIXTEENTHS) / 16.0;
            right[left] += weights[q] * (1 - beyond) * target[q];
            right[left + 1] += weights[q] * beyond * target[q];
        }
    }

    /** Of one feature's hats with its own and those of later features: {@code [17 * features * i + 17 * g + j]}. */
    private static double[] products(final byte[][] columns, final double[] weights, final int f) {
        final int size = columns.length * KNOTS;
        final double[] products = new double[KNOTS * size];
        final int[] row = new int[TILE];
        final double[] before = new double[TILE];
        final double[] after = new double[TILE];
        for (int begin = 0; begin < weights.length; begin += TILE) {
            final int count = Math.min(TILE, weights.length - begin);
            for (int i = 0; i < count; i++) {
                final int code = columns[f][begin + i] & 0xFF;
                final double beyond = (code & SIXTEENTHS) / 16.0;
                row[i] = size * (code >> 4);
                before[i] = weights[begin + i] * (1 - beyond);
                after[i] = weights[begin + i] * beyond;
            }
            for (int g = f; g < columns.length; g++) {
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
}
