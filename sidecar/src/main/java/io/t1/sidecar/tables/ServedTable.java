package io.t1.sidecar.tables;

import io.t1.codec.FallbackDecision;
import io.t1.codec.FeatureDescription;
import io.t1.codec.TableDescription;
import io.t1.codec.TableKey;
import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import io.t1.gating.SnapshotSlot;
import io.t1.gating.TableSnapshot;
import io.t1.router.Quantiser;
import io.t1.router.artifact.BaselineDecision;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One key's tables in memory: active, previous and baseline, all ready to decide.
 *
 * <p>Threading: {@link #slot}, {@link #describe} and {@link #holdBaseline} by any thread; the rest by the control
 * thread.
 */
public final class ServedTable {
    private final TableKey key;
    private final PinnedSnapshots<TableSnapshot> pinned;

    /**
     * @param active what decides; owned by this from here on.
     * @param baseline what to go back to, and what counts as having been active before; owned too.
     */
    ServedTable(
            final TableKey key, final ReaderEpochs epochs, final TableSnapshot active, final TableSnapshot baseline) {
        this.key = key;
        pinned = new PinnedSnapshots<>(epochs, baseline);
        pinned.activate(active);
    }

    /** The traffic it decides for. */
    public TableKey key() {
        return key;
    }

    /** Where event loops find the active snapshot. */
    public SnapshotSlot<TableSnapshot> slot() {
        return pinned.slot();
    }

    /** What a client that says hello is told. */
    public TableDescription describe(final int handle) {
        final TableSnapshot snapshot = pinned.slot().peek();
        if (snapshot == null) {
            throw new IllegalStateException("a hello after the tables of " + key + " were dropped");
        }
        final BaselineDecision baseline = snapshot.baseline();
        final Quantiser quantiser = snapshot.quantiser();
        final List<String> names = snapshot.featureNames();
        final List<FeatureDescription> features = IntStream.range(0, names.size())
                .mapToObj(f -> new FeatureDescription(names.get(f), quantiser.defaultCode(f), quantiser.knots(f)))
                .toList();
        return new TableDescription(
                handle,
                snapshot.version(),
                snapshot.featureSetId(),
                snapshot.quantiserId(),
                new FallbackDecision(baseline.arm(), baseline.ef(), baseline.topk(), baseline.rerankDepth()),
                HexFormat.of().formatHex(snapshot.sha256()),
                features);
    }

    /**
     * Has the baseline decide from here on, before what waits for the control thread.
     *
     * @return held until closed; null when the table was dropped.
     */
    public @Nullable BaselineHold holdBaseline() {
        return pinned.holdBaseline() ? new BaselineHold(pinned) : null;
    }

    PinnedSnapshots<TableSnapshot> pinned() {
        return pinned;
    }

    /** Swaps: from here on {@code next} decides. */
    void activate(final TableSnapshot next) {
        pinned.activate(next);
    }

    /** Puts another snapshot of the same content in the place of each. */
    void replaceEach(final UnaryOperator<TableSnapshot> same) {
        pinned.replaceEach(same);
    }

    /** Frees all of it, once no reader is left. */
    void drop() {
        pinned.drop();
    }
}
