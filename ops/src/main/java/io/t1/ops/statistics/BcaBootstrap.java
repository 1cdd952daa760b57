package io.t1.ops.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The bias-corrected and accelerated bootstrap (Efron 1987; Efron and Tibshirani 1993, chapter 14). For a paired
 * comparison the sample is the differences, one a query.
 *
 * <p>Threading: any; each call draws from generators of its own, so the same call gives the same bounds.
 *
 * @param resamples bootstrap resamples, 100 or more.
 * @param seed of the resampling.
 * @param confidence of the bounds, e.g. 0.95.
 */
public record BcaBootstrap(int resamples, long seed, double confidence) {
    /** 10,000 resamples, 95 %. */
    public static final BcaBootstrap STANDARD = new BcaBootstrap(10_000, 0x7131_2C0DEL, 0.95);

    private static final int RUN = 100;
    /** Replicates so near the estimate, in shares of their range, are it: only their sums were rounded otherwise. */
    private static final double TIE = 1e-9;

    public BcaBootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("resamples=" + resamples + " < 100");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence=" + confidence + " not in 0..1");
        }
    }

    /**
     * Bounds of the mean. The sample isn't changed.
     *
     * <p>Resamples are drawn on as many threads as there are processors; bounds don't depend on their number.
     */
    public BcaEstimate ofMean(final double[] sample) {
        requireSome(sample);
        final int n = sample.length;
        final double mean = Arrays.stream(sample).sum() / n;
        final MeanResamples resampled = MeanResamples.of(sample);
        final double[] replicates = replicates(resampled::draw);
        // of the mean, the jackknife's deviations are the sample's own over n - 1
        final double[] influences = new double[n];
        for (int i = 0; i < n; i++) {
            influences[i] = sample[i] - mean;
        }
        return bounds(mean, replicates, influences, n);
    }

    /**
     * Bounds of any statistic; it is given a scratch array that it may reorder, by several threads at a time. The sample
     * isn't changed.
     */
    public BcaEstimate of(final double[] sample, final ToDoubleFunction<double[]> statistic) {
        requireSome(sample);
        final int n = sample.length;
        final double estimate = statistic.applyAsDouble(sample.clone());
        final double[] replicates = replicates((statistics, begin, end, random) -> {
            final double[] scratch = new double[n];
            final int[] indexes = new int[n];
            for (int b = begin; b < end; b++) {
                UniformIndexes.fill(indexes, n, n, random);
                for (int i = 0; i < n; i++) {
                    scratch[i] = sample[indexes[i]];
                }
                statistics[b] = statistic.applyAsDouble(scratch);
            }
        });
        return bounds(estimate, replicates, jackknifeInfluences(sample, statistic), n);
    }

    private interface Resampling {
        /** Draws the replicates from {@code begin} to before {@code end}. */
        void draw(double[] replicates, int begin, int end, SplittableRandom random);
    }

    /** Each run of replicates has a generator of its own: who draws it changes nothing. */
    private double[] replicates(final Resampling resampling) {
        final SplittableRandom random = new SplittableRandom(seed);
        final SplittableRandom[] generators = new SplittableRandom[(resamples + RUN - 1) / RUN];
        Arrays.setAll(generators, run -> random.split());
        final double[] replicates = new double[resamples];
        IntStream.range(0, generators.length)
                .parallel()
                .forEach(run ->
                        resampling.draw(replicates, run * RUN, Math.min(resamples, (run + 1) * RUN), generators[run]));
        return replicates;
    }

    private static double[] jackknifeInfluences(final double[] sample, final ToDoubleFunction<double[]> statistic) {
        final int n = sample.length;
        final double[] leftOut = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            final double[] rest = new double[n - 1];
            System.arraycopy(sample, 0, rest, 0, i);
            System.arraycopy(sample, i + 1, rest, i, n - 1 - i);
            leftOut[i] = n > 1 ? statistic.applyAsDouble(rest) : 0;
            mean += leftOut[i] / n;
        }
        for (int i = 0; i < n; i++) {
            leftOut[i] = mean - leftOut[i];
        }
        return leftOut;
    }

    private BcaEstimate bounds(
            final double estimate, final double[] replicates, final double[] influences, final int n) {
        double squares = 0;
        double cubes = 0;
        for (final double u : influences) {
            squares += u * u;
            cubes += u * u * u;
        }
        final double acceleration = squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
        Arrays.sort(replicates);
        final double near = TIE * (replicates[resamples - 1] - replicates[0]);
        double below = 0;
        for (final double replicate : replicates) {
            final double over = replicate - estimate;
            below += Math.abs(over) <= near ? 0.5 : over < 0 ? 1 : 0; // ties count half, as for any rank
        }
        final double share = Math.clamp(below / resamples, 0.5 / resamples, 1 - 0.5 / resamples);
        final double bias = StandardNormal.quantile(share);
        final double alpha = 1 - confidence;
        return new BcaEstimate(
                estimate,
                corrected(replicates, bias, acceleration, alpha / 2),
                corrected(replicates, bias, acceleration, 1 - alpha / 2),
                corrected(replicates, bias, acceleration, alpha),
                corrected(replicates, bias, acceleration, 1 - alpha),
                n);
    }

    private static double corrected(
            final double[] sortedReplicates, final double bias, final double acceleration, final double level) {
        final double z = bias + StandardNormal.quantile(level);
        final double adjusted = StandardNormal.cumulative(bias + z / (1 - acceleration * z));
        return Percentiles.ofSorted(sortedReplicates, adjusted);
    }

    private static void requireSome(final double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("sample is empty");
        }
    }
}
