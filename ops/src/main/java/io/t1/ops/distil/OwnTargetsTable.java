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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** From targets of a user's own to a table with a closed gate. */
final class OwnTargetsTable {
    /** The chance of what nothing is known of. */
    private static final float UNKNOWN_CHANCE = 0.5f;

    private OwnTargetsTable() {}

    /**
     * Where a table comes from.
     *
     * @param tool that makes it.
     * @param inputs what it is learnt from.
     * @param metrics known of it beside how near it comes to the targets over the rows.
     */
    record Origin(String tool, List<Provenance.Input> inputs, Map<String, Double> metrics) {}

    /** A table with a closed gate. The mean of {@code tau} that gates are taken against is set. */
    static RouterArtifact of(final RouterDistillationConfig config, final OwnTargets own, final Origin origin) {
        final OwnTargetsFit fit = OwnTargetsFit.of(config.featureNames(), own);
        final RouterArtifact closed = new RouterArtifact(
                config.key(),
                fit.features(),
                withScore(fit),
                List.of(),
                MonotoneConstraints.requiredFor(config.featureNames()),
                gate(0),
                config.frontier(),
                config.baseline(),
                new Provenance(origin.tool(), config.seed(), 0, 0, origin.inputs(), Map.of(), Map.of()),
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
        final Map<String, Double> metrics = new TreeMap<>(origin.metrics());
        metrics.putAll(nearness(own, said));
        return TableDraft.finished(
                meant,
                new Provenance(
                        origin.tool(),
                        config.seed(),
                        own.rows().length,
                        0,
                        origin.inputs(),
                        metrics,
                        TrainingCounts.of(own.rows(), fit.features())));
    }

    private static GateSpec gate(final float tauMean) {
        return new GateSpec(Thresholds.CLOSED.thetaStar(), Thresholds.CLOSED.delta(), tauMean, new float[Arm.COUNT]);
    }

    private static List<OutputSpec> withScore(final OwnTargetsFit fit) {
        final List<OutputSpec> outputs = new ArrayList<>(fit.outputs());
        outputs.add(new OutputSpec(
                OutputName.SCORE,
                0,
                UNKNOWN_CHANCE,
                1,
                0,
                1,
                new byte[fit.features().size()][FeatureSpec.KNOTS]));
        return List.copyOf(outputs);
    }

    private static Map<String, Double> nearness(final OwnTargets own, final TableOutputs said) {
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
}
