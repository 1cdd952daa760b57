package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.observation.ContextFeature;
import io.t1.ops.statistics.Agreement;
import io.t1.router.Quantiser;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fitted table without its gate: features with their knots, and outputs.
 *
 * @param features in the training set's order.
 * @param outputs in the table's order.
 * @param price lambda, nDCG per ms.
 * @param agreement R2 of each output against the teacher's target on the training queries, and the smoothing used.
 */
record Student(List<FeatureSpec> features, List<OutputSpec> outputs, double price, Map<String, Double> agreement) {
    private static final float MOST_GAIN = 1;

    /** Fits to expectations of queries by teachers that didn't see them. */
    static Student fit(
            final TrainingSet set,
            final Expectations expected,
            final double price,
            final List<FrontierPoint> frontier,
            final long seed) {
        final List<FeatureSpec> features = placeKnots(set);
        final byte[][] codes = codes(features, set.rows());
        final Targets targets = Targets.of(set, expected, price, frontier);
        final Fitter fitter = new Fitter(set, codes, targets, seed);

        final double[] benefits = new double[set.size()];
        final double[] gains = new double[set.size()];
        for (int q = 0; q < benefits.length; q++) {
            benefits[q] = set.benefit(q);
            gains[q] = set.measured().gain(Arm.FULL.code(), q);
        }
        final double scoreSmoothing = Smoothing.best(codes, targets.score(), benefits, targets.weights());
        final double gainSmoothing = Smoothing.best(codes, targets.expectedGain(), gains, targets.weights());

        final OutputSpec tau = fitter.fitMonotone(OutputName.TAU, targets.tau(), 0, 1);
        final OutputSpec fittedCap =
                fitter.fitMonotone(OutputName.SPEND_CAP_MS, targets.spendCapMs(), 0, SpendCap.highest(frontier));
        final OutputSpec cap = SpendCap.admitting(fittedCap, fitter.values(fittedCap), targets.bestArm(), frontier);
        final OutputSpec least = fitter.fitMonotone(OutputName.MIN_CONF_GAIN, targets.minConfGain(), 0, MOST_GAIN);
        final OutputSpec score = fitter.fit(OutputName.SCORE, targets.score(), scoreSmoothing, 0, 1);
        final OutputSpec gain =
                fitter.fit(OutputName.EXPECTED_GAIN, targets.expectedGain(), gainSmoothing, -MOST_GAIN, MOST_GAIN);

        final Map<String, Double> agreement = new TreeMap<>();
        agreement.put("r2_tau", Agreement.rSquared(targets.tau(), fitter.values(tau)));
        agreement.put("r2_min_conf_gain", Agreement.rSquared(targets.minConfGain(), fitter.values(least)));
        agreement.put("r2_spend_cap_ms", Agreement.rSquared(targets.spendCapMs(), fitter.values(fittedCap)));
        agreement.put("r2_score", Agreement.rSquared(expected.benefitChance(), fitter.values(score)));
        agreement.put("r2_expected_gain", Agreement.rSquared(expected.fullGain(), fitter.values(gain)));
        agreement.put("smoothing_score", scoreSmoothing);
        agreement.put("smoothing_gain", gainSmoothing);
        return new Student(features, List.of(tau, cap, least, score, gain), price, agreement);
    }

    private static List<FeatureSpec> placeKnots(final TrainingSet set) {
        final List<FeatureSpec> features = new ArrayList<>();
        for (int f = 0; f < set.featureNames().size(); f++) {
            final String name = set.featureNames().get(f);
            final String unit =
                    ContextFeature.ofColumn(name).map(ContextFeature::unit).orElse("");
            final float[] column = set.column(f);
            final FeatureSpec without = new FeatureSpec(name, unit, 0, Knots.of(column));
            final byte[] code = new byte[1];
            Quantiser.of(List.of(without)).quantise(new float[] {Knots.median(column)}, code);
            features.add(new FeatureSpec(name, unit, code[0] & 0xFF, without.knots()));
        }
        return features;
    }

    private static byte[][] codes(final List<FeatureSpec> features, final float[][] rows) {
        final Quantiser quantiser = Quantiser.of(features);
        final byte[][] codes = new byte[rows.length][features.size()];
        for (int q = 0; q < rows.length; q++) {
            quantiser.quantise(rows[q], codes[q]);
        }
        return codes;
    }

    /** Fits one output after another to the same queries. */
    private static final class Fitter {
        private final TrainingSet set;
        private final byte[][] codes;
        private final Targets targets;
        private final long seed;

        Fitter(final TrainingSet set, final byte[][] codes, final Targets targets, final long seed) {
            this.set = set;
            this.codes = codes;
            this.targets = targets;
            this.seed = seed;
        }

        /** By way of trees that keep the directions, so that table and teacher lean alike. */
        OutputSpec fitMonotone(final OutputName name, final double[] target, final float lo, final float hi) {
            final int[] directions = directions(name);
            try (BoostedTrees trees = BoostedTrees.train(
                    BoostedTrees.Objective.MEAN, set.rows(), target, directions, seed + name.ordinal())) {
                return fit(name, trees.predict(set.rows()), Smoothing.OF_SMOOTH_TARGETS, lo, hi);
            }
        }

        OutputSpec fit(
                final OutputName name, final double[] target, final double smoothing, final float lo, final float hi) {
            final int[] directions = directions(name);
            final HatGram normal = HatGram.of(codes, target, targets.weights());
            final AdditiveModel model = AdditiveFit.fit(normal, directions, smoothing);
            return Int8Rounding.round(name, model, normal, directions, lo, hi);
        }

        private int[] directions(final OutputName output) {
            final int[] directions = new int[set.featureNames().size()];
            for (final MonotoneConstraint constraint : MonotoneConstraints.requiredFor(set.featureNames())) {
                if (constraint.output() == output) {
                    directions[set.feature(constraint.feature())] =
                            constraint.direction() == MonotoneConstraint.Direction.INCREASING ? 1 : -1;
                }
            }
            return directions;
        }

        /** What an output gives for each query, unclamped. */
        double[] values(final OutputSpec output) {
            final double[] values = new double[codes.length];
            for (int q = 0; q < values.length; q++) {
                long sum = 0;
                for (int f = 0; f < output.values().length; f++) {
                    final int code = codes[q][f] & 0xFF;
                    final byte[] knots = output.values()[f];
                    sum += (16 - (code & 15)) * knots[code >> 4] + (code & 15) * knots[(code >> 4) + 1];
                }
                values[q] = output.offset() + output.scale() * (output.bias() + 64.0 * sum);
            }
            return values;
        }
    }
}
