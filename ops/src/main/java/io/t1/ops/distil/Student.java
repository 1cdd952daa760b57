package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.statistics.Agreement;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fitted table without its gate, and the steps that led to it.
 *
 * @param features in the training set's order.
 * @param plain the table without pairs.
 * @param paired the table with them; the same where none was asked for, or none explains enough.
 * @param price lambda, nDCG per ms.
 * @param agreement R2 of each output against its target on the training queries, and the smoothing used.
 * @param shapes free shapes on the features' grids.
 * @param refit the table before rounding.
 * @param steps each step's model; the last says what the table says, before clamping.
 */
record Student(
        List<FeatureSpec> features,
        TableBody plain,
        TableBody paired,
        double price,
        Map<String, Double> agreement,
        AdditiveShapes shapes,
        KnottedModel refit,
        Map<FidelityStep, OutputModel> steps) {
    private static final float MOST_GAIN = 1;
    private static final int OUTPUTS = OutputName.values().length;

    /** One output's joint fit, its rounding, and the means of the hat functions. */
    private record Refitted(AdditiveModel model, OutputSpec rounded, double[] means) {}

    /**
     * Fits.
     *
     * @param taught the teacher's outputs of the set's queries.
     * @param mostPairs to give to a table, 0 to 8.
     */
    static Student fit(
            final TrainingSet set,
            final Expectations expected,
            final Targets targets,
            final double[][] taught,
            final List<FrontierPoint> frontier,
            final int mostPairs) {
        final double[][] wanted = taught.clone();
        wanted[OutputName.SPEND_CAP_MS.ordinal()] = targets.breakEvenMs();
        wanted[OutputName.SCORE.ordinal()] = targets.score(); // the data beside the teacher, where there are some
        wanted[OutputName.EXPECTED_GAIN.ordinal()] = targets.expectedGain();
        final int[][] directions =
                Arrays.stream(OutputName.values()).map(set::directions).toArray(int[][]::new);

        final double[] variances = PlacedKnots.variances(wanted);
        final List<FeatureGrid> grids = set.grids();
        final AdditiveShapes shapes = AdditiveShapes.fit(grids, set.rows(), wanted, targets.weights(), directions);
        final List<FeatureSpec> features =
                PlacedKnots.of(set.featureNames(), set.rows(), targets.weights(), variances, shapes);
        final byte[][] codes = KnottedModel.codes(features, set.rows());

        final double[] chosen = Smoothing.best(
                codes,
                targets.weights(),
                List.of(
                        new Smoothing.Fitted(targets.score(), set.benefits(), directions[OutputName.SCORE.ordinal()]),
                        new Smoothing.Fitted(
                                targets.expectedGain(),
                                set.gains(Arm.FULL.code()),
                                directions[OutputName.EXPECTED_GAIN.ordinal()])));
        final double scoreSmoothing = chosen[0];
        final double gainSmoothing = chosen[1];
        final double[] smoothing = new double[OUTPUTS];
        Arrays.fill(smoothing, Smoothing.OF_SMOOTH_TARGETS);
        smoothing[OutputName.SCORE.ordinal()] = scoreSmoothing;
        smoothing[OutputName.EXPECTED_GAIN.ordinal()] = gainSmoothing;
        final List<HatGram> normals = HatGram.of(codes, targets.weights(), List.of(wanted));
        final List<Refitted> refitted = Arrays.stream(OutputName.values())
                .parallel()
                .map(name -> {
                    final int o = name.ordinal();
                    final HatGram normal = normals.get(o);
                    final AdditiveModel model = AdditiveFit.fit(normal, directions[o], smoothing[o]);
                    return new Refitted(
                            model,
                            Int8Rounding.round(
                                    name, model, normal, directions[o], least(name, frontier), most(name, frontier)),
                            normal.means());
                })
                .toList();
        final List<OutputSpec> outputs =
                refitted.stream().map(Refitted::rounded).toList();
        final double[] means = refitted.getLast().means();
        final KnottedModel refit = new KnottedModel(
                features, refitted.stream().map(Refitted::model).toList());
        final TableBody plain = new TableBody(outputs, List.of(), refit.outputs());
        final double[][] values = TableModel.at(codes, plain);
        final TableBody paired = mostPairs == 0
                ? plain
                : plain.withPairs(
                        codes,
                        wanted,
                        left(wanted, refit.at(codes)),
                        variances,
                        targets.weights(),
                        directions,
                        smoothing,
                        mostPairs);

        final Map<FidelityStep, OutputModel> steps = new EnumMap<>(FidelityStep.class);
        steps.put(FidelityStep.SHAPES, shapes);
        steps.put(FidelityStep.KNOTS, KnottedModel.of(shapes, features, means));
        steps.put(FidelityStep.REFIT, refit);
        steps.put(FidelityStep.INT8, new TableModel(features, plain));
        if (mostPairs > 0) {
            steps.put(FidelityStep.PAIRS, new TableModel(features, paired));
        }

        final Map<String, Double> agreement = new TreeMap<>();
        agreement.put("r2_tau", rSquared(targets.tau(), values, OutputName.TAU));
        agreement.put("r2_min_conf_gain", rSquared(targets.minConfGain(), values, OutputName.MIN_CONF_GAIN));
        agreement.put("r2_spend_cap_ms", rSquared(targets.breakEvenMs(), values, OutputName.SPEND_CAP_MS));
        agreement.put("r2_score", rSquared(expected.benefitChance(), values, OutputName.SCORE));
        agreement.put("r2_expected_gain", rSquared(expected.fullGain(), values, OutputName.EXPECTED_GAIN));
        agreement.put("smoothing_score", scoreSmoothing);
        agreement.put("smoothing_gain", gainSmoothing);
        return new Student(features, plain, paired, targets.price(), agreement, shapes, refit, steps);
    }

    private static double[][] left(final double[][] wanted, final double[][] fitted) {
        final double[][] left = new double[wanted.length][];
        for (int o = 0; o < left.length; o++) {
            left[o] = new double[wanted[o].length];
            for (int q = 0; q < left[o].length; q++) {
                left[o][q] = wanted[o][q] - fitted[o][q];
            }
        }
        return left;
    }

    static float least(final OutputName output, final List<FrontierPoint> frontier) {
        return switch (output) {
            case SPEND_CAP_MS -> SpendCap.least(frontier);
            case EXPECTED_GAIN -> -MOST_GAIN;
            case TAU, MIN_CONF_GAIN, SCORE -> 0;
        };
    }

    static float most(final OutputName output, final List<FrontierPoint> frontier) {
        return output == OutputName.SPEND_CAP_MS ? SpendCap.highest(frontier) : MOST_GAIN;
    }

    private static double rSquared(final double[] target, final double[][] values, final OutputName output) {
        return Agreement.rSquared(target, values[output.ordinal()]);
    }
}
