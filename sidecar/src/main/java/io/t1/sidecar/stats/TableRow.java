package io.t1.sidecar.stats;

import io.t1.codec.TableKey;
import java.util.Set;

/**
 * One stored table.
 *
 * @param key the traffic it decides for.
 * @param version as the store numbers it.
 * @param roles what it is used for; empty when it is only stored.
 * @param publishedAtMillis Unix time; 0 when unknown.
 * @param sha256 of the artifact, in hexadecimal.
 * @param imageBytes off-heap, when laid out.
 */
public record TableRow(
        TableKey key, long version, Set<Role> roles, long publishedAtMillis, String sha256, long imageBytes) {
    /** What a stored table is used for. */
    public enum Role {
        /** Decides. */
        ACTIVE,
        /** Decided before the active one. */
        PREVIOUS,
        /** What rollback falls back to. */
        BASELINE
    }
}
