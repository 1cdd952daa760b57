package io.t1.ops.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Means of resamples of one sample, distributed exactly as if each had been drawn value by value.
 *
 * <p>How often a value that stands there many times comes in a resample is one binomial draw, given what the values before
 * it have taken; so a sample of a few values, as differences between policies that mostly agree are, costs next to
 * nothing. Only values that are rare are drawn one by one.
 *
 * <p>Threading: any.
 */
final class MeanResamples {
    /** Values that stand there as often are counted: a binomial draw costs about as much as so many indexes. */
    private static final int LEAST_COUNTED = 64;

    private static final int BLOCK = 1_024;

    private final int size;
    private final double[] counted;
    private final int[] counts;
    private final double[] others;

    private MeanResamples(final int size, final double[] counted, final int[] counts, final double[] others) {
        this.size = size;
        this.counted = counted;
        this.counts = counts;
        this.others = others;
    }

    /** Of a sample, which isn't changed. */
    static MeanResamples of(final double[] sample) {
        final int n = sample.length;
        final double[] sorted = sample.clone();
        Arrays.sort(sorted);
        final double[] counted = new double[n / LEAST_COUNTED];
        final int[] counts = new int[counted.length];
        final double[] others = new double[n];
        int many = 0;
        int few = 0;
        int begin = 0;
        for (int i = 1; i <= n; i++) {
            if (i == n || sorted[i] != sorted[begin]) {
                if (i - begin >= LEAST_COUNTED) {
                    counted[many] = sorted[begin];
                    counts[many++] = i - begin;
                } else {
                    System.arraycopy(sorted, begin, others, few, i - begin);
                    few += i - begin;
                }
                begin = i;
            }
        }
        return new MeanResamples(
                n,
                Arrays.copyOf(counted, many),
                Arrays.copyOf(counts, many),
                many == 0 ? sample.clone() : Arrays.copyOf(others, few));
    }

    /** Draws the means of so many resamples into {@code means}, from {@code begin} to before {@code end}. */
    void draw(final double[] means, final int begin, final int end, final SplittableRandom random) {
        final int[] indexes = new int[BLOCK];
        for (int b = begin; b < end; b++) {
            means[b] = sum(indexes, random) / size;
        }
    }

    private double sum(final int[] indexes, final SplittableRandom random) {
        double sum = 0;
        int left = size;
        int among = size;
        for (int v = 0; v < counts.length; v++) {
            final int times = BinomialDraw.of(left, (double) counts[v] / among, random);
            sum += times * counted[v];
            left -= times;
            among -= counts[v];
        }
        while (left > 0) {
            final int block = Math.min(left, BLOCK);
            UniformIndexes.fill(indexes, block, others.length, random);
            sum += sumOfOthers(indexes, block);
            left -= block;
        }
        return sum;
    }

    /** Four sums, so that no addition waits for the one before. */
    private double sumOfOthers(final int[] indexes, final int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += others[indexes[i]];
            b += others[indexes[i + 1]];
            c += others[indexes[i + 2]];
            d += others[indexes[i + 3]];
        }
        for (; i < count; i++) {
            a += others[indexes[i]];
        }
        return (a + b) + (c + d);
    }
}
