package io.t1.codec;

import java.util.List;

/**
 * What a client needs to ask for decisions by a key's table: the content of a HelloAck.
 *
 * @param handle names the key in requests on this connection; an unsigned 32-bit number.
 * @param tableVersion as the store numbers it.
 * @param featureSetId changes when feature names or their order do.
 * @param quantiserId changes when knots or default codes do.
 * @param baseline what to do when no decision can be had.
 * @param sha256 of the table, 64 hexadecimal digits.
 * @param features in the table's order, 1 to 16.
 */
public record TableDescription(
        long handle,
        long tableVersion,
        long featureSetId,
        long quantiserId,
        FallbackDecision baseline,
        String sha256,
        List<FeatureDescription> features) {
    public TableDescription {
        if (handle < 0 || handle > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("table handle=" + handle + " not in 0..4294967295");
        }
        WireRange.sha256(sha256);
        features = List.copyOf(features);
        if (features.isEmpty() || features.size() > 16) {
            throw new IllegalArgumentException("features=" + features.size() + " not in 1..16");
        }
    }
}
