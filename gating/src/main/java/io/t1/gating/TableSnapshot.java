package io.t1.gating;

import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.OneQueryKernel;
import io.t1.router.OutputScaler;
import io.t1.router.Quantiser;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.List;
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

    private static final int SHA256_LENGTH = 32;

    private final DecisionRules rules;
    private final long version;
    private final Quantiser quantiser;
    private final Gate gate;
    private final Exploration exploration;
    private final Frontier frontier;
    private final GreedyArms greedyArms;
    private final @Nullable Computation computation;
    private final byte[] sha256;
    private final int standingFlags;

    /**
     * Lays the artifact's table out off-heap; {@link #close} frees it.
     *
     * @param artifact checked, as {@link RouterArtifactJson#read} gives it; not kept.
     * @param version as the store numbers it, 1 or more.
     * @param kind the kernel to compute with.
     */
    public TableSnapshot(final RouterArtifact artifact, final long version, final KernelKind kind) {
        this(artifact, RouterArtifactJson.sha256(artifact), version, kind);
    }

    /**
     * The same when the artifact's SHA-256 is known.
     *
     * @param sha256 32 bytes; not copied.
     */
    public TableSnapshot(
            final RouterArtifact artifact, final byte[] sha256, final long version, final KernelKind kind) {
        this(artifact, sha256, version, kind, 0);
    }

    private TableSnapshot(
            final RouterArtifact artifact,
            final byte[] sha256,
            final long version,
            final KernelKind kind,
            final int standingFlags) {
        this(
                DecisionRules.of(artifact).withKernel(kind),
                version,
                Computation.of(RouterTable.of(artifact), kind),
                sha256,
                standingFlags);
    }

    private TableSnapshot(
            final DecisionRules rules,
            final long version,
            final @Nullable Computation computation,
            final byte[] sha256,
            final int standingFlags) {
        this.rules = rules;
        this.version = version;
        this.computation = computation;
        this.sha256 = sha256;
        this.standingFlags = standingFlags;
        quantiser = rules.quantiser();
        gate = rules.gate();
        exploration = rules.exploration();
        frontier = rules.frontier();
        greedyArms = computation != null && computation.kind() == KernelKind.VECTOR
                ? new VectorGreedyArms(gate, frontier)
                : new ScalarGreedyArms(gate, frontier);
    }

    /**
     * A published table that serves as the baseline: it decides as any other does, and each of its decisions is flagged
     * {@link DecisionFlag#BASELINE_TABLE}.
     *
     * @param sha256 of the artifact, 32 bytes; not copied.
     */
    public static TableSnapshot publishedBaseline(
            final RouterArtifact artifact, final byte[] sha256, final long version, final KernelKind kind) {
        return new TableSnapshot(artifact, sha256, version, kind, DecisionFlag.BASELINE_TABLE);
    }

    /**
     * The built-in baseline: {@code like}'s baseline decision for every query, with {@code like}'s features. It holds no
     * memory off-heap; its outputs are NaN, its propensity 1, its SHA-256 all zero.
     */
    public static TableSnapshot builtInBaseline(final RouterArtifact like) {
        return builtInBaseline(DecisionRules.of(like));
    }

    /** The built-in baseline of this table's artifact, with which it shares all but the table. */
    public TableSnapshot builtInBaseline() {
        return builtInBaseline(rules);
    }

    private static TableSnapshot builtInBaseline(final DecisionRules rules) {
        return new TableSnapshot(
                rules, BUILT_IN_BASELINE_VERSION, null, new byte[SHA256_LENGTH], DecisionFlag.BASELINE_TABLE);
    }

    /**
     * The same table computed by another kernel, with memory of its own. The built-in baseline, which computes nothing,
     * gives itself.
     */
    public TableSnapshot withKernel(final KernelKind kind) {
        return computation == null
                ? this
                : new TableSnapshot(
                        rules.withKernel(kind),
                        version,
                        Computation.of(computation.table().copy(), kind),
                        sha256,
                        standingFlags);
    }

    /** The traffic it decides for. */
    public TableKey key() {
        return rules.key();
    }

    /** Its features' names, in the table's order. */
    public List<String> featureNames() {
        return rules.featureNames();
    }

    /** T0. */
    public BaselineDecision baseline() {
        return rules.baseline();
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
        return rules.featureSetId();
    }

    /** Changes when knots or default codes do: 64 bits of a SHA-256. */
    public long quantiserId() {
        return rules.quantiserId();
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
        return rules.hasExpectedGain();
    }

    /** Gate and cap of a batch without exploration. */
    GreedyArms greedyArms() {
        return greedyArms;
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
            KernelKind kind,
            RouterTable table,
            RouterKernel kernel,
            OneQueryKernel oneQueryKernel,
            OutputScaler scaler) {
        /** Owns the table from here on: closed at once when it can't be bound. */
        static Computation of(final RouterTable table, final KernelKind kind) {
            try {
                final RouterKernel kernel = kind.bind(table);
                final OutputScaler scaler = OutputScaler.of(table);
                return new Computation(kind, table, kernel, kind.bindOne(table, kernel, scaler), scaler);
            } catch (final RuntimeException e) {
                table.close();
                throw e;
            }
        }
    }
}
