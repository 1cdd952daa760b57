package io.t1.gating;

import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.OneQueryKernel;
import io.t1.router.OutputScaler;
import io.t1.router.Quantiser;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import org.jspecify.annotations.Nullable;

/**
 * All that one decision reads, immutable: table, kernel, quantiser, scaler, gate, exploration and frontier of one
 * version.
 *
 * <p>The built-in baseline, version 0, has no table: it quantises like the artifact it was made for, so its clients need
 * no new hello, and answers that artifact's {@code BaselineDecision} for every query.
 *
 * <p>Threading: any, between enter and leave of a {@link ReaderEpochs.Reader}. Made by the constructor, closed by
 * whoever made it, or by {@link PinnedSnapshots} once handed over.
 */
public final class TableSnapshot implements Snapshot {
    /** Version of the built-in baseline. */
    public static final long BUILT_IN_BASELINE_VERSION = 0;

    private final RouterArtifact artifact;
    private final long version;
    private final Quantiser quantiser;
    private final Gate gate;
    private final Exploration exploration;
    private final Frontier frontier;
    private final @Nullable Computation computation;
    private final byte[] sha256;
    private final long featureSetId;
    private final long quantiserId;
    private final int standingFlags;
    private final boolean hasExpectedGain;

    /**
     * Lays the artifact's table out off-heap; {@link #close} frees it.
     *
     * @param artifact checked, as {@link RouterArtifactJson#read} gives it.
     * @param version as the store numbers it, 1 or more.
     * @param kind the kernel to compute with.
     */
    public TableSnapshot(final RouterArtifact artifact, final long version, final KernelKind kind) {
        this(artifact, version, kind, Computation.of(artifact, kind), RouterArtifactJson.sha256(artifact), 0);
    }

    private TableSnapshot(
            final RouterArtifact artifact,
            final long version,
            final @Nullable KernelKind kind,
            final @Nullable Computation computation,
            final byte[] sha256,
            final int standingFlags) {
        this.artifact = artifact;
        this.version = version;
        this.computation = computation;
        this.sha256 = sha256;
        this.standingFlags = standingFlags;
        hasExpectedGain = artifact.outputs().size() > OutputName.EXPECTED_GAIN.ordinal();
        quantiser = kind == null ? Quantiser.of(artifact.features()) : Quantiser.of(artifact.features(), kind);
        gate = Gate.of(artifact.gate());
        exploration = Exploration.of(artifact.gate().epsilon());
        frontier = Frontier.of(artifact.frontier(), artifact.baseline());
        featureSetId = FeatureIdentity.featureSetId(artifact.features());
        quantiserId = FeatureIdentity.quantiserId(artifact.features());
    }

    /**
     * A published table that serves as the baseline: it decides as any other does, and each of its decisions is flagged
     * {@link DecisionFlag#BASELINE_TABLE}.
     */
    public static TableSnapshot publishedBaseline(
            final RouterArtifact artifact, final long version, final KernelKind kind) {
        return new TableSnapshot(
                artifact,
                version,
                kind,
                Computation.of(artifact, kind),
                RouterArtifactJson.sha256(artifact),
                DecisionFlag.BASELINE_TABLE);
    }

    /**
     * The built-in baseline: {@code like}'s baseline decision for every query, with {@code like}'s features. It holds no
     * memory off-heap; its outputs are NaN, its propensity 1, its SHA-256 all zero.
     */
    public static TableSnapshot builtInBaseline(final RouterArtifact like) {
        return new TableSnapshot(
                like, BUILT_IN_BASELINE_VERSION, null, null, new byte[32], DecisionFlag.BASELINE_TABLE);
    }

    /**
     * The same table computed by another kernel, with memory of its own. The built-in baseline, which computes nothing,
     * gives itself.
     */
    public TableSnapshot withKernel(final KernelKind kind) {
        return computation == null
                ? this
                : new TableSnapshot(artifact, version, kind, Computation.of(artifact, kind), sha256, standingFlags);
    }

    /** The artifact this was made from; for the built-in baseline the one it was made like. */
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

    /** Whether this is the built-in baseline, which has neither table nor kernel. */
    public boolean isBuiltInBaseline() {
        return computation == null;
    }

    /** Features a query, 1 to 16. */
    public int features() {
        return quantiser.features();
    }

    /**
     * Its table.
     *
     * @throws IllegalStateException if this is the built-in baseline.
     */
    public RouterTable table() {
        return computation().table();
    }

    /** Its quantiser. */
    public Quantiser quantiser() {
        return quantiser;
    }

    /**
     * Its kernel.
     *
     * @throws IllegalStateException if this is the built-in baseline.
     */
    public RouterKernel kernel() {
        return computation().kernel();
    }

    /**
     * Its kernel for one query.
     *
     * @throws IllegalStateException if this is the built-in baseline.
     */
    public OneQueryKernel oneQueryKernel() {
        return computation().oneQueryKernel();
    }

    /**
     * What turns its accumulators into outputs.
     *
     * @throws IllegalStateException if this is the built-in baseline.
     */
    public OutputScaler scaler() {
        return computation().scaler();
    }

    /** Its gate. */
    public Gate gate() {
        return gate;
    }

    /** Its exploration. */
    public Exploration exploration() {
        return exploration;
    }

    /** Its harvest frontier. */
    public Frontier frontier() {
        return frontier;
    }

    /** Changes when feature names or their order do: 64 bits of a SHA-256. */
    public long featureSetId() {
        return featureSetId;
    }

    /** Changes when knots or default codes do: 64 bits of a SHA-256. */
    public long quantiserId() {
        return quantiserId;
    }

    /** A copy of its artifact's SHA-256, 32 bytes; all zero for the built-in baseline. */
    public byte[] sha256() {
        return sha256.clone();
    }

    /** Off-heap bytes that it holds. */
    public int offHeapBytes() {
        return computation == null ? 0 : computation.table().imageBytes();
    }

    @Override
    public void close() {
        if (computation != null) {
            computation.table().close();
        }
    }

    /** Whether its table gives an expected gain. */
    boolean hasExpectedGain() {
        return hasExpectedGain;
    }

    /** Bits of {@link DecisionFlag} that each of its decisions bears. */
    int standingFlags() {
        return standingFlags;
    }

    private Computation computation() {
        if (computation == null) {
            throw new IllegalStateException("the built-in baseline of " + key() + " has no table");
        }
        return computation;
    }

    private record Computation(
            RouterTable table, RouterKernel kernel, OneQueryKernel oneQueryKernel, OutputScaler scaler) {
        static Computation of(final RouterArtifact artifact, final KernelKind kind) {
            final RouterTable table = RouterTable.of(artifact);
            try {
                return new Computation(table, kind.bind(table), kind.bindOne(table), OutputScaler.of(table));
            } catch (final RuntimeException e) {
                table.close();
                throw e;
            }
        }
    }
}
