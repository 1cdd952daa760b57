package io.t1.ops.gate;

import io.t1.router.artifact.RouterArtifact;

/**
 * A table with its gate set, and why so.
 *
 * @param artifact ready to publish.
 * @param report what was found.
 */
public record GateResult(RouterArtifact artifact, GateReport report) {}
