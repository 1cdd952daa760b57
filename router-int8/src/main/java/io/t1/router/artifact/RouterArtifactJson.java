package io.t1.router.artifact;

/** Reads and writes {@code router_distilled_int8.json}. */
public final class RouterArtifactJson {
    private RouterArtifactJson() {}

    /**
     * Reads an artifact and checks all of it: shape, ranges, order, checksum, monotonicity, golden vectors.
     *
     * @throws RefusedArtifactException at the first thing that is wrong.
     */
    public static RouterArtifact read(final byte[] json) throws RefusedArtifactException {
        throw new RefusedArtifactException("$", "not read yet: " + json.length);
    }

    /** Writes an artifact, indented for people, the same bytes for equal artifacts, with its checksum. */
    public static byte[] write(final RouterArtifact artifact) {
        return artifact.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The SHA-256 of what {@link #write} covers: the identity of an artifact, 32 bytes. */
    public static byte[] sha256(final RouterArtifact artifact) {
        return new byte[32 + 0 * artifact.features().size()];
    }
}
