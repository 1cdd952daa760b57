package io.t1.router.artifact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads and writes {@code router_distilled_int8.json}.
 *
 * <p>Strict: what isn't exactly right is refused with its place and the reason. Reproducible: equal artifacts give equal
 * bytes. The checksum is the SHA-256 of the canonical form without the member {@code sha256}, so it covers every value;
 * white space and the order of members are free.
 *
 * <p>Threading: any. Allocation: as JSON does; never on the decision path.
 */
public final class RouterArtifactJson {
    /** Longest document read, in bytes. */
    public static final int MAX_LENGTH = 1 << 20;

    private RouterArtifactJson() {}

    /**
     * Reads an artifact and checks all of it: shape, ranges, order, monotonicity, golden vectors, checksum.
     *
     * @param json UTF-8, up to {@link #MAX_LENGTH} bytes.
     * @throws RefusedArtifactException at the first thing that is wrong.
     */
    public static RouterArtifact read(final byte[] json) throws RefusedArtifactException {
        return readIdentified(json).artifact();
    }

    /**
     * An artifact and who it is.
     *
     * @param sha256 of its content, 32 bytes.
     */
    public record Identified(RouterArtifact artifact, byte[] sha256) {}

    /** The same as {@link #read}, with the SHA-256 that was proved on the way: computing it again costs as much as reading. */
    public static Identified readIdentified(final byte[] json) throws RefusedArtifactException {
        final RouterArtifactReader.Parsed parsed = RouterArtifactReader.read(json);
        ArtifactChecks.check(parsed.artifact());
        final byte[] identity = sha256(parsed.artifact());
        final String computed = HexFormat.of().formatHex(identity);
        if (!computed.equals(parsed.sha256())) {
            throw new RefusedArtifactException(
                    "$.sha256",
                    parsed.sha256() + " but the content gives " + computed + ": it was changed after export");
        }
        return new Identified(parsed.artifact(), identity);
    }

    /**
     * Reads the bytes of an artifact that {@link #read} has passed and that a checksum has kept since. They are parsed as
     * strictly; ranges, monotonicity and golden vectors are checked where the table is laid out, and the SHA-256, which
     * needs the artifact written anew, isn't computed.
     *
     * @throws RefusedArtifactException if they aren't of this shape.
     */
    public static RouterArtifact readStored(final byte[] json) throws RefusedArtifactException {
        return RouterArtifactReader.read(json).artifact();
    }

    /**
     * Writes an artifact, indented for people, the same bytes for equal artifacts, with its checksum.
     *
     * @throws IllegalArgumentException if {@link #read} would refuse it.
     */
    public static byte[] write(final RouterArtifact artifact) {
        try {
            ArtifactChecks.check(artifact);
        } catch (final RefusedArtifactException e) {
            throw new IllegalArgumentException("not a valid table: " + e.getMessage(), e);
        }
        final byte[] bytes = RouterArtifactWriter.write(artifact, HexFormat.of().formatHex(sha256(artifact)));
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("length=" + bytes.length + " > " + MAX_LENGTH);
        }
        return bytes;
    }

    /** The SHA-256 of what {@link #write} covers: the identity of an artifact, 32 bytes. */
    public static byte[] sha256(final RouterArtifact artifact) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(RouterArtifactWriter.write(artifact, null));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The JSON Schema of the format, UTF-8, for other languages' validators. */
    public static String schema() {
        try (var schema = RouterArtifactJson.class.getResourceAsStream("router_distilled_int8.schema.json")) {
            if (schema == null) {
                throw new IllegalStateException("router_distilled_int8.schema.json isn't beside its class");
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
