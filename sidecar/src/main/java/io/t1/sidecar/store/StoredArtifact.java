package io.t1.sidecar.store;

/**
 * A table as it is kept: the artifact's bytes as they were published.
 *
 * @param summary what it is.
 * @param json {@code router_distilled_int8.json}, byte for byte.
 */
public record StoredArtifact(TableSummary summary, byte[] json) {
    /** Its version. */
    public long version() {
        return summary.version();
    }
}
