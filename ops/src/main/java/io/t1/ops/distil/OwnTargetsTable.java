package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.statistics.Agreement;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** From targets of a user's own to a table: the student's steps, without a teacher. */
final class OwnTargetsTable {
    private static final String TOOL = "t1 MonotoneRouterDistiller 0.1.0";
    /** The chance of what nothing is known of. */
    private static final float UNKNOWN_CHANCE = 0.5f;

    private OwnTargetsTable() {}

    /** A table with a closed gate. The mean of {@code tau} that gates are taken against is set. */
    static RouterArtifact of(final RouterDistillationConfig config, final OwnTargets own) {
        final List<FeatureGrid> grids = IntStream.range(0, config.featureNames().size())
                .mapToObj(f -> FeatureGrid.of(own.column(f)))
                .toList();
        final AdditiveShapes shapes =
                AdditiveShapes.fit(grids, own.rows(), own.targets(), own.weights(), own.directions());
        final List<FeatureSpec> features = PlacedKnots.of(
                config.featureNames(), own.rows(), own.weights(), PlacedKnots.variances(own.targets()), shapes);
        final RouterArtifact closed = new RouterArtifact(
                config.key(),
                features,
                outputs(features, own),
                List.of(),
                MonotoneConstraints.requiredFor(config.featureNames()),
                gate(0),
                config.frontier(),
                config.baseline(),
                provenance(config, own, Map.of(), Map.of()),
                List.of());
        final TableOutputs said = TableOutputs.of(closed, config.featureNames(), own.rows());
        final RouterArtifact meant = new RouterArtifact(
                closed.key(),
                closed.features(),
                closed.outputs(),
                closed.pairs(),
                closed.monotone(),
                gate((float) said.meanTau()),
                closed.frontier(),
                closed.baseline(),
                closed.provenance(),
                List.of());
        return TableDraft.finished(
                meant, provenance(config, own, metrics(own, said), TrainingCounts.of(own.rows(), features)));
    }

    private static GateSpec gate(final float tauMean) {
        return new GateSpec(Thresholds.CLOSED.thetaStar(), Thresholds.CLOSED.delta(), tauMean, new float[Arm.COUNT]);
    }

    private static List<OutputSpec> outputs(final List<FeatureSpec> features, final OwnTargets own) {
        final byte[][] codes = KnottedModel.codes(features, own.rows());
        final List<OutputSpec> outputs = new ArrayList<>();
        for (final OutputName name : OwnTargets.OUTPUTS) {
            final double[] target = own.targets()[name.ordinal()];
            final int[] directions = own.directions()[name.ordinal()];
            final HatGram normal = HatGram.of(codes, target, own.weights());
            final AdditiveModel model =
                    AdditiveFit.fit(normal, directions, Smoothing.best(codes, target, target, own.weights()));
            outputs.add(Int8Rounding.round(name, model, normal, directions, 0, most(name, target)));
        }
        outputs.add(new OutputSpec(
                OutputName.SCORE, 0, UNKNOWN_CHANCE, 1, 0, 1, new byte[features.size()][FeatureSpec.KNOTS]));
        return List.copyOf(outputs);
    }

    /** A fit may overshoot: no query is allowed more time than the highest cap that was asked for. */
    private static float most(final OutputName name, final double[] target) {
        return name == OutputName.SPEND_CAP_MS
                ? (float) Arrays.stream(target).max().orElse(0)
                : 1;
    }

    private static Map<String, Double> metrics(final OwnTargets own, final TableOutputs said) {
        final float[][] values = {said.tau(), said.spendCapMs(), said.minConfGain()};
        final Map<String, Double> metrics = new TreeMap<>();
        for (final OutputName name : OwnTargets.OUTPUTS) {
            final double[] target = own.targets()[name.ordinal()];
            if (OwnTargets.varies(target)) {
                final float[] fitted = values[name.ordinal()];
                final double[] compared = IntStream.range(0, fitted.length)
                        .mapToDouble(q -> fitted[q])
                        .toArray();
                metrics.put("r2_" + name.jsonName(), Agreement.rSquared(target, compared));
            }
        }
        return metrics;
    }

    private static Provenance provenance(
            final RouterDistillationConfig config,
            final OwnTargets own,
            final Map<String, Double> metrics,
            final Map<String, List<Long>> trainingCounts) {
        final int rows = own.rows().length;
        final Provenance.Input given = new Provenance.Input("arrays", ArrayDigest.sha256(own), rows);
        return new Provenance(
                TOOL, config.seed(), trainingCounts.isEmpty() ? 0 : rows, 0, List.of(given), metrics, trainingCounts);
    }
}
