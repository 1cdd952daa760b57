package io.t1.ops.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Adaptive expected calibration error of chances against what happened: the mass-weighted mean over equal-mass bins of
 * {@code |mean chance - share that happened|}.
 *
 * <p>The raw figure is biased upwards: chance alone makes it above zero. So outcomes are drawn again and again from the
 * very chances, as if these were perfect; the mean of what that gives is taken off, and its spread makes the interval.
 * That is the whole bias of a perfect score; the bias wanes as the error grows, so that of a bad score the figure errs
 * low by up to {@code nullMean}, and the interval's upper end takes nothing off once chance alone can't explain raw.
 *
 * @param raw as measured.
 * @param nullMean what a perfect score would show on these queries, on average.
 * @param nullMost what a perfect score stays under 95 times of 100.
 * @param debiased raw less nullMean, 0 at least.
 * @param lo lower end of its 95 % interval, 0 at least.
 * @param hi upper end.
 * @param n outcomes.
 */
public record CalibrationError(
        double raw, double nullMean, double nullMost, double debiased, double lo, double hi, int n) {
    /** Bins of the definitions. */
    public static final int BINS = 15;

    private static final int RESAMPLES = 2_000;

    /** What is shown of a limit. */
    public enum Outcome {
        /** The whole interval keeps it. */
        PASSED,
        /** The whole interval is over it. */
        FAILED,
        /** Neither. */
        INCONCLUSIVE
    }

    /**
     * Of chances, 0 to 1, and labels, 0 or 1, as many of each, {@value #BINS} at least.
     *
     * @param seed of the resampling.
     */
    public static CalibrationError of(final double[] chances, final double[] labels, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return of(chances, labels, (sorted, _, drawn) -> {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = random.nextDouble() < sorted[i] ? 1 : 0;
            }
        });
    }

    /**
     * Of expected means and outcomes of any size, as many of each, {@value #BINS} at least. What perfect expectations would
     * show is drawn by giving each outcome's distance from its expectation a random sign (Wu 1986; Liu 1988).
     *
     * @param seed of the resampling.
     */
    public static CalibrationError ofMeans(final double[] expected, final double[] outcomes, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return of(expected, outcomes, (sorted, seen, drawn) -> {
            for (int i = 0; i < drawn.length; i++) {
                final double distance = seen[i] - sorted[i];
                drawn[i] = sorted[i] + (random.nextBoolean() ? distance : -distance);
            }
        });
    }

    /** Draws outcomes such as there would be if all expectations were perfect. */
    @FunctionalInterface
    private interface Perfect {
        void draw(double[] sorted, double[] seen, double[] drawn);
    }

    private static CalibrationError of(final double[] chances, final double[] labels, final Perfect perfect) {
        final int n = chances.length;
        if (n < BINS || n != labels.length) {
            throw new IllegalArgumentException("chances=" + n + " < " + BINS + ", or labels=" + labels.length);
        }
        final int[] order = AscendingOrder.of(chances);
        final double[] sorted =
                Arrays.stream(order).mapToDouble(i -> chances[i]).toArray();
        final double[] seen = Arrays.stream(order).mapToDouble(i -> labels[i]).toArray();
        final double raw = error(sorted, seen);
        final double[] nulls = new double[RESAMPLES];
        final double[] drawn = new double[n];
        for (int b = 0; b < RESAMPLES; b++) {
            perfect.draw(sorted, seen, drawn);
            nulls[b] = error(sorted, drawn);
        }
        Arrays.sort(nulls);
        final double nullMean = Arrays.stream(nulls).sum() / RESAMPLES;
        final double high = Percentiles.ofSorted(nulls, 0.975);
        return new CalibrationError(
                raw,
                nullMean,
                Percentiles.ofSorted(nulls, 0.95),
                Math.max(0, raw - nullMean),
                Math.max(0, raw - high),
                raw > high ? raw + high - nullMean : Math.max(0, raw - Percentiles.ofSorted(nulls, 0.025)),
                n);
    }

    /**
     * Whether the error is shown to be within a limit, or over it. Nothing is shown on so few outcomes that a perfect
     * score would reach the limit one time in twenty.
     */
    public Outcome against(final double limit) {
        if (nullMost - nullMean >= limit) {
            return Outcome.INCONCLUSIVE;
        }
        if (hi <= limit) {
            return Outcome.PASSED;
        }
        return lo > limit ? Outcome.FAILED : Outcome.INCONCLUSIVE;
    }

    private static double error(final double[] chances, final double[] labels) {
        final int n = chances.length;
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            final int from = (int) ((long) bin * n / BINS);
            final int to = (int) ((bin + 1L) * n / BINS);
            double difference = 0;
            for (int i = from; i < to; i++) {
                difference += chances[i] - labels[i];
            }
            error += Math.abs(difference) / n;
        }
        return error;
    }
}
