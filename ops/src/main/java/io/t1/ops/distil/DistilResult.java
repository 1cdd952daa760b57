package io.t1.ops.distil;

import io.t1.ops.shapes.ShapeCurve;
import io.t1.router.artifact.RouterArtifact;
import java.util.List;

/**
 * A table, and how good it is.
 *
 * @param artifact with thresholds set, ready to publish; closed when the verdict is inconclusive.
 * @param report how good it is.
 * @param shapes the curves that it came from, an output and feature each.
 * @param run how the run went about it.
 */
public record DistilResult(RouterArtifact artifact, DistilReport report, List<ShapeCurve> shapes, DistilRun run) {
    /** The same with another form of the table. */
    public DistilResult with(final RouterArtifact table) {
        return new DistilResult(table, report, shapes, run);
    }
}
