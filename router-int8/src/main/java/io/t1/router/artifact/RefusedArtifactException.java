package io.t1.router.artifact;

/** A table was refused. The message says where, as a JSON path, and why. */
public final class RefusedArtifactException extends Exception {
    private final String path;

    /**
     * @param path where, e.g. {@code $.features[0].knots[3]}.
     * @param reason why, with the value and its limit.
     */
    public RefusedArtifactException(final String path, final String reason) {
        super(path + ": " + reason);
        this.path = path;
    }

    /** Where, as a JSON path. */
    public String path() {
        return path;
    }
}
