package io.t1.ops.distil;

import io.t1.router.artifact.RouterArtifact;

/**
 * A table, and how good it is.
 *
 * @param artifact with thresholds set, ready to publish; closed when the verdict is inconclusive.
 * @param report how good it is.
 */
public record DistilResult(RouterArtifact artifact, DistilReport report) {}
