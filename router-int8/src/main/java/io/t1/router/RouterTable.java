package io.t1.router;

import io.t1.router.artifact.RouterArtifact;

/** An INT8 router table, off-heap and immutable. Threading: any. Closed by its owner once no kernel reads it. */
public final class RouterTable implements AutoCloseable {
    private final int features;
    private final int outputs;

    private RouterTable(final int features, final int outputs) {
        this.features = features;
        this.outputs = outputs;
    }

    /** Lays an artifact's numbers out off-heap. */
    public static RouterTable of(final RouterArtifact artifact) {
        return new RouterTable(artifact.features().size(), artifact.outputs().size());
    }

    /** Features, 1 to 16. */
    public int features() {
        return features;
    }

    /** Outputs, 4 or 5, in the order of {@code OutputName}. */
    public int outputs() {
        return outputs;
    }

    /** Off-heap bytes that this table holds. */
    public int imageBytes() {
        return 0;
    }

    /** Off-heap bytes that all open tables of this process hold. */
    public static long openBytes() {
        return 0;
    }

    /** Frees the memory. Twice is harmless. */
    @Override
    public void close() {}
}
