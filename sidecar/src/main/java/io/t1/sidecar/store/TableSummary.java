package io.t1.sidecar.store;

import io.t1.codec.TableKey;
import io.t1.router.artifact.RouterArtifact;

/**
 * What is told of a stored table without reading it.
 *
 * @param key the traffic it decides for.
 * @param version 1 or more, counted up by the store for each key.
 * @param publishedAtMillis Unix time.
 * @param sha256 identity of its content, 64 hexadecimal digits.
 * @param features how many features.
 * @param outputs how many outputs.
 * @param pairs how many pairs.
 * @param imageBytes off-heap bytes that it takes when it is live.
 */
public record TableSummary(
        TableKey key,
        long version,
        long publishedAtMillis,
        String sha256,
        int features,
        int outputs,
        int pairs,
        int imageBytes) {
    /** The summary of an artifact about to be stored. */
    public static TableSummary of(
            final RouterArtifact artifact,
            final long version,
            final long publishedAtMillis,
            final String sha256,
            final int imageBytes) {
        return new TableSummary(
                artifact.key(),
                version,
                publishedAtMillis,
                sha256,
                artifact.features().size(),
                artifact.outputs().size(),
                artifact.pairs().size(),
                imageBytes);
    }
}
