package io.t1.ops.distil;

import io.t1.router.artifact.RouterArtifact;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table for all, and those of the slices that pay.
 *
 * @param whole of the table for all, with its gate set for what the slices leave it.
 * @param split whether they pay.
 * @param slices their tables, in the order of the report.
 */
public record SplitResult(DistilResult whole, SplitReport split, List<RouterArtifact> slices) {
    /** The same with each table changed, such as by how it explores. */
    public SplitResult exploring(final UnaryOperator<RouterArtifact> change) {
        return new SplitResult(
                whole.with(change.apply(whole.artifact())),
                split,
                slices.stream().map(change).toList());
    }
}
