package io.t1.codec;

import java.time.Instant;
import java.util.Set;

/**
 * One table version of the store: an entry of a TableList.
 *
 * @param key the traffic it decides for.
 * @param tableVersion as the store numbers it.
 * @param publishedAt to the millisecond.
 * @param roles that it has now; none for one that is only kept.
 * @param featureCount 0 to 255.
 * @param outputCount 0 to 255.
 * @param pairCount 0 to 255.
 * @param imageBytes of its image; an unsigned 32-bit number.
 * @param sha256 64 hexadecimal digits.
 */
public record StoredTable(
        TableKey key,
        long tableVersion,
        Instant publishedAt,
        Set<TableRole> roles,
        int featureCount,
        int outputCount,
        int pairCount,
        long imageBytes,
        String sha256) {
    public StoredTable {
        WireRange.uint8("featureCount", featureCount);
        WireRange.uint8("outputCount", outputCount);
        WireRange.uint8("pairCount", pairCount);
        if (imageBytes < 0 || imageBytes > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("imageBytes=" + imageBytes + " not in 0..4294967295");
        }
        WireRange.sha256(sha256);
        roles = Set.copyOf(roles);
    }
}
