package io.t1.ops.gate;

import io.t1.router.artifact.RouterArtifact;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Tables with their gates set, and why so.
 *
 * @param artifact ready to publish; of a split the table for all.
 * @param slices the tables of its slices, in the order given; none of a table alone.
 * @param report what was found.
 */
public record GateResult(RouterArtifact artifact, List<RouterArtifact> slices, GateReport report) {
    /** The same with each table changed, such as by how it explores. */
    public GateResult exploring(final UnaryOperator<RouterArtifact> change) {
        return new GateResult(
                change.apply(artifact), slices.stream().map(change).toList(), report);
    }
}
