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

/**
 * One key's tables in memory: active, previous and baseline, all ready to decide.
 *
 * <p>Threading: {@link #slot} and {@link #describe} by any thread; the rest by the control thread.
 */
public final class ServedTable {
    private final TableKey key;
    private final PinnedSnapshots<TableSnapshot> pinned;
    /** What is described; of a snapshot, which may be closed by then, only what lies on the heap. */
    private volatile TableSnapshot described;

    /**
     * @param active what decides; owned by this from here on.
     * @param baseline what to go back to, and what counts as having been active before; owned too.
     */
    ServedTable(
            final TableKey key, final ReaderEpochs epochs, final TableSnapshot active, final TableSnapshot baseline) {
        this.key = key;
        pinned = new PinnedSnapshots<>(epochs, baseline);
        pinned.activate(active);
        described = active;
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
        final TableSnapshot snapshot = described;
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

    PinnedSnapshots<TableSnapshot> pinned() {
        return pinned;
    }

    /** Swaps: from here on {@code next} decides. */
    void activate(final TableSnapshot next) {
        pinned.activate(next);
        described = next;
    }

    /** Puts another snapshot of the same content in the place of each. */
    void replaceEach(final UnaryOperator<TableSnapshot> same) {
        pinned.replaceEach(same);
        final TableSnapshot active = pinned.active();
        if (active != null) {
            described = active;
        }
    }

    /** Frees all of it, once no reader is left. */
    void drop() {
        pinned.drop();
    }
}
