package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The student's steps from targets of a user's own to a table's outputs, without a teacher.
 *
 * @param features with their knots.
 * @param outputs rounded, of {@link OwnTargets#OUTPUTS}.
 * @param steps each step's model; the last says what the table says, before clamping.
 */
record OwnTargetsFit(List<FeatureSpec> features, List<OutputSpec> outputs, Map<FidelityStep, OutputModel> steps) {
    static OwnTargetsFit of(final List<String> featureNames, final OwnTargets own) {
        final List<FeatureGrid> grids =
                IntStream.range(0, featureNames.size()).mapToObj(own::grid).toList();
        final AdditiveShapes shapes =
                AdditiveShapes.fit(grids, own.rows(), own.targets(), own.weights(), own.directions());
        final List<FeatureSpec> features =
                PlacedKnots.of(featureNames, own.rows(), own.weights(), PlacedKnots.variances(own.targets()), shapes);
        final byte[][] codes = KnottedModel.codes(features, own.rows());
        final List<AdditiveModel> refitted = new ArrayList<>();
        final List<OutputSpec> outputs = new ArrayList<>();
        double[] means = new double[0];
        for (final OutputName name : OwnTargets.OUTPUTS) {
            final double[] target = own.targets()[name.ordinal()];
            final int[] directions = own.directions()[name.ordinal()];
            final HatGram normal = HatGram.of(codes, target, own.weights());
            final AdditiveModel model = AdditiveFit.fit(
                    normal,
                    directions,
                    Smoothing.best(codes, own.weights(), List.of(new Smoothing.Fitted(target, target, directions)))[0]);
            refitted.add(model);
            outputs.add(Int8Rounding.round(name, model, normal, directions, 0, most(name, target)));
            means = normal.means();
        }
        final Map<FidelityStep, OutputModel> steps = new EnumMap<>(FidelityStep.class);
        steps.put(FidelityStep.SHAPES, shapes);
        steps.put(FidelityStep.KNOTS, KnottedModel.of(shapes, features, means));
        steps.put(FidelityStep.REFIT, new KnottedModel(features, List.copyOf(refitted)));
        steps.put(FidelityStep.INT8, new TableModel(features, new TableBody(List.copyOf(outputs), List.of())));
        return new OwnTargetsFit(features, List.copyOf(outputs), steps);
    }

    /** A fit may overshoot: no query is allowed more time than the highest cap that was asked for. */
    private static float most(final OutputName name, final double[] target) {
        return name == OutputName.SPEND_CAP_MS
                ? (float) Arrays.stream(target).max().orElse(0)
                : 1;
    }
}
