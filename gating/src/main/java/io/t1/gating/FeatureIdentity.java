package io.t1.gating;

import io.t1.router.artifact.FeatureSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Names what a client must know before it sends features: 64 bits each, so that one compare tells a stale client.
 *
 * <p>Both are the first eight bytes, big-endian, of a SHA-256. The feature set's covers each name in order, UTF-8, with
 * a line feed after it; the quantiser's covers, feature by feature, the default code as one byte and the 17 knots as
 * big-endian float32.
 */
final class FeatureIdentity {
    private FeatureIdentity() {}

    static long featureSetId(final List<FeatureSpec> features) {
        final MessageDigest digest = sha256();
        for (final FeatureSpec feature : features) {
            digest.update(feature.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return firstEightBytes(digest);
    }

    static long quantiserId(final List<FeatureSpec> features) {
        final MessageDigest digest = sha256();
        final ByteBuffer bytes = ByteBuffer.allocate(1 + Float.BYTES * FeatureSpec.KNOTS);
        for (final FeatureSpec feature : features) {
            bytes.clear().put((byte) feature.defaultCode());
            for (final float knot : feature.knots()) {
                bytes.putFloat(knot);
            }
            digest.update(bytes.array());
        }
        return firstEightBytes(digest);
    }

    private static long firstEightBytes(final MessageDigest digest) {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
