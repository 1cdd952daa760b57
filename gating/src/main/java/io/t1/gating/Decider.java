package io.t1.gating;

import io.t1.codec.FeatureDescription;
import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.artifact.ArtifactChecks;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The sidecar's decisions in process, for a search node on the JVM: the same artifact, the same {@link BatchDecider}, so
 * the same decisions to the bit.
 *
 * <pre>{@code
 * try (Decider decider = Decider.open(Path.of("router_distilled_int8.json"));
 *         DeciderThread thread = decider.newReader()) { // one for each search thread, kept as long as it lives
 *     Decision decision = thread.decide(new float[] {2.1f, 7, 0.8f, 0.1f});
 *     if (decision.arm() == Arm.FULL) { ... }
 * }
 * }</pre>
 *
 * <p>Threading: any; changes take turns. Readers never wait for a change and never see half of one.
 */
public final class Decider implements AutoCloseable {
    private static final long MAX_ARTIFACT_BYTES = 1 << 20;
    /** Ids that each thread counts through: enough for years at a billion a second. */
    private static final long IDS_A_THREAD = 1L << 48;

    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DeciderContext context;
    private final TableKey key;
    private final List<String> featureNames;
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final PinnedSnapshots<TableSnapshot> snapshots;
    private final ArrayDeque<Long> unusedIds = new ArrayDeque<>();
    private long nextRangeOfIds;
    private long latestVersion;
    private boolean closed;

    private Decider(final RouterArtifact artifact, final DeciderContext context) {
        this.context = context;
        key = artifact.key();
        featureNames = artifact.featureNames();
        nextRangeOfIds = context.firstDecisionId();
        snapshots = new PinnedSnapshots<>(epochs, TableSnapshot.builtInBaseline(artifact));
        final TableSnapshot first = new TableSnapshot(artifact, ++latestVersion, context.kernel());
        if (context.kernel() == KernelKind.VECTOR && !context.rehearsal().isZero()) {
            final var _ = Rehearsal.runOneByOne(artifact, first, context.rehearsal()); // in vain, the first are slow
        }
        snapshots.activate(first);
    }

    /** Opens a decider on an artifact's file, with the defaults. */
    public static Decider open(final Path file) throws IOException, RefusedArtifactException {
        return new Decider(read(file), new DeciderContext());
    }

    /** Opens a decider on an artifact, with the defaults. */
    public static Decider open(final RouterArtifact artifact) throws RefusedArtifactException {
        return open(artifact, new DeciderContext());
    }

    /**
     * Opens a decider on an artifact. Its table is version 1. With vectors this takes some tenths of a second the first time
     * in a JVM: see {@link DeciderContext#rehearsal}.
     *
     * @throws RefusedArtifactException if the artifact fails a check; all checks of a file are made here too.
     */
    public static Decider open(final RouterArtifact artifact, final DeciderContext context)
            throws RefusedArtifactException {
        return new Decider(checked(artifact), context);
    }

    /** The traffic it decides for. */
    public TableKey key() {
        return key;
    }

    /** Its features, in the order in which {@link DeciderThread#decide} takes them. */
    public List<String> featureNames() {
        return featureNames;
    }

    /**
     * The same as the table of now has them, with knots and categories: {@link FeatureDescription#category} is what stands in
     * a row for a category. A later table may declare others.
     */
    public synchronized List<FeatureDescription> features() {
        final Quantiser quantiser = snapshot().quantiser();
        return IntStream.range(0, featureNames.size())
                .mapToObj(
                        f -> new FeatureDescription(featureNames.get(f), quantiser.defaultCode(f), quantiser.knots(f)))
                .toList();
    }

    /** The seed of exploration. */
    public long seed() {
        return context.seed();
    }

    /** Registers the calling thread; each has its own. Not for the hot path. */
    public synchronized DeciderThread newReader() {
        requireOpen();
        final Long returned = unusedIds.poll();
        final long firstId;
        if (returned == null) {
            firstId = nextRangeOfIds;
            nextRangeOfIds += IDS_A_THREAD;
        } else {
            firstId = returned;
        }
        final var decider = new BatchDecider(context.seed(), firstId, context.timing(), context.maxBatch());
        return new DeciderThread(this, snapshots.slot(), epochs.newReader(), decider, featureNames.size());
    }

    /** Version of the table that decides now; 0 for the built-in baseline. */
    public synchronized long activeVersion() {
        return snapshot().version();
    }

    /**
     * Decides by another artifact from here on. Batches under way end with the table they began with.
     *
     * @return its version.
     * @throws RefusedArtifactException if it fails a check, or is for another key or for other features, which the
     *     threads of now couldn't feed; the table of now stays.
     */
    public long replace(final RouterArtifact artifact) throws RefusedArtifactException {
        return install(checked(artifact));
    }

    /**
     * The same with a file, read whole.
     *
     * @throws IOException if it can't be read; the table of now stays.
     */
    public long reload(final Path file) throws IOException, RefusedArtifactException {
        return install(read(file));
    }

    private synchronized long install(final RouterArtifact next) throws RefusedArtifactException {
        requireOpen();
        if (!next.key().equals(key)) {
            throw new RefusedArtifactException("$.key", next.key() + " != " + key + ": open another decider for it");
        }
        if (!next.featureNames().equals(featureNames)) {
            throw new RefusedArtifactException(
                    "$.features",
                    next.featureNames() + " != " + featureNames + ": open another decider for these features");
        }
        snapshots.activate(new TableSnapshot(next, latestVersion + 1, context.kernel()));
        latestVersion++;
        snapshots.replaceBaseline(TableSnapshot.builtInBaseline(next));
        return latestVersion;
    }

    /**
     * Decides by the table from before again: one store of a reference. A second call takes it back.
     *
     * @return false when there is none; nothing has changed then.
     */
    public synchronized boolean rollbackToPrevious() {
        requireOpen();
        return snapshots.rollbackToPrevious();
    }

    /** Answers the baseline decision from here on: one store of a reference. */
    public synchronized void rollbackToBaseline() {
        requireOpen();
        snapshots.rollbackToBaseline();
    }

    /**
     * Frees all tables. A decision under way is awaited, for up to a second; what a thread holds longer goes when that
     * thread closes. Twice is harmless.
     */
    @Override
    public synchronized void close() {
        closed = true;
        snapshots.drop();
        final long deadline = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        while (epochs.reclaim() > 0 && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
    }

    /** Takes back the ids that a thread didn't use, so that threads that come and go don't use ids up. */
    synchronized void release(final long nextUnusedId) {
        unusedIds.add(nextUnusedId);
        epochs.reclaim();
    }

    private TableSnapshot snapshot() {
        final TableSnapshot active = snapshots.active();
        if (active == null) {
            throw new IllegalStateException("the decider is closed");
        }
        return active;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the decider is closed");
        }
    }

    private static RouterArtifact read(final Path file) throws IOException, RefusedArtifactException {
        final long bytes = Files.size(file);
        if (bytes > MAX_ARTIFACT_BYTES) {
            throw new RefusedArtifactException("$", "bytes=" + bytes + " > " + MAX_ARTIFACT_BYTES + " in " + file);
        }
        return RouterArtifactJson.read(Files.readAllBytes(file));
    }

    /** An artifact made in memory passes the gate that a file passes. */
    private static RouterArtifact checked(final RouterArtifact artifact) throws RefusedArtifactException {
        ArtifactChecks.check(artifact);
        return artifact;
    }
}
