package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.Thresholds;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.List;
import java.util.Map;

/** From a student to a table: first with a closed gate and no history, in the end proved by reading it again. */
final class TableDraft {
    /** The name under which tables of {@code t1 distil} say who made them. */
    static final String TOOL = "t1 distil 0.1.0";

    private static final int GOLDEN = 64;

    private TableDraft() {}

    /** A student as a table with a closed gate and nothing said of where it comes from. */
    static RouterArtifact of(final Student student, final TableBody body, final Distillation.Recipe recipe) {
        final List<String> names =
                student.features().stream().map(FeatureSpec::name).toList();
        final GateSpec closed =
                new GateSpec(Thresholds.CLOSED.thetaStar(), Thresholds.CLOSED.delta(), 0, new float[Arm.COUNT]);
        return new RouterArtifact(
                recipe.settings().key(),
                student.features(),
                body.outputs(),
                body.pairs(),
                MonotoneConstraints.requiredFor(names),
                closed,
                recipe.frontier(),
                recipe.settings().baseline(),
                provenance(recipe.settings(), 0, Map.of(), Map.of()),
                List.of());
    }

    static Provenance provenance(
            final DistilSettings settings,
            final long trainRows,
            final Map<String, Double> metrics,
            final Map<String, List<Long>> trainingCounts) {
        return new Provenance(TOOL, settings.seed(), trainRows, 0, settings.inputs(), metrics, trainingCounts);
    }

    /** The same table with its history and worked examples, as it reads once written. */
    static RouterArtifact finished(final RouterArtifact table, final Provenance provenance) {
        final RouterArtifact told = new RouterArtifact(
                table.key(),
                table.features(),
                table.outputs(),
                table.pairs(),
                table.monotone(),
                table.gate(),
                table.frontier(),
                table.baseline(),
                provenance,
                List.of());
        final RouterArtifact golden = told.withGolden(GoldenVectors.of(told, provenance.seed(), GOLDEN));
        try {
            // what was written is read again: format, monotone certificate, worked examples and checksum
            return RouterArtifactJson.read(RouterArtifactJson.write(golden));
        } catch (final RefusedArtifactException e) {
            throw new IllegalStateException("the table distilled isn't valid: " + e.getMessage(), e);
        }
    }
}
