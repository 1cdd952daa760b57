package io.t1.ops.distil;

import io.t1.router.artifact.RouterArtifact;

/**
 * A table of a user's own targets, and how well it follows them.
 *
 * @param artifact its gate closed: nobody has seen what spending by these targets gains.
 * @param report how well.
 */
public record OwnTargetsResult(RouterArtifact artifact, OwnTargetsReport report) {}
