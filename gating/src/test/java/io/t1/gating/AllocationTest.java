package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.t1.router.KernelKind;
import io.t1.router.artifact.RouterArtifact;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The decision path allocates nothing once warm: an allocation a call would show in every round. Warm means compiled by
 * C2, before which the Vector API boxes: rounds go on until one is free of allocation, or the deadline passes.
 */
class AllocationTest {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RouterArtifact artifact =
            RandomArtifacts.exploring(new RandomArtifacts(80).plain(), 0.1f, 0.1f, 0.1f);
    private final KnownQueries queries = new KnownQueries(artifact, 512, 80);

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void oneDecisionInProcessAllocatesNothing(final KernelKind kind) throws Exception {
        try (var decider = Decider.open(artifact, new DeciderContext().kernel(kind));
                var thread = decider.newReader()) {
            assertEquals(0, leastAllocated(40, () -> {
                for (int q = 0; q < queries.count; q++) {
                    thread.decide(queries.features[q], queries.nodeScores[q]);
                }
            }));
        }
    }

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void aBatchAllocatesNothing(final KernelKind kind) {
        final UnsafeBuffer rows = queries.rows(0);
        final UnsafeBuffer columns = queries.columns(0);
        final UnsafeBuffer codeRows = queries.codeRows(0);
        final UnsafeBuffer codeColumns = queries.codeColumns(0);
        final UnsafeBuffer scores = queries.scores(0);
        final var decider = new BatchDecider(1, 1, PhaseTiming.ON);
        final var decisions = new DecisionBatch(queries.count);
        final var epochs = new ReaderEpochs();
        final var pinned = new PinnedSnapshots<>(epochs, TableSnapshot.builtInBaseline(artifact));
        pinned.activate(new TableSnapshot(artifact, 1, kind));
        try (var reader = epochs.newReader()) {
            assertEquals(0, leastAllocated(20, () -> {
                reader.enter();
                final TableSnapshot snapshot = pinned.slot().get(reader);
                if (snapshot != null) {
                    final int count = queries.count;
                    decider.decideRows(snapshot, rows, 0, scores, 0, count, decisions);
                    decider.decideColumns(snapshot, columns, 0, null, 0, count, decisions);
                    decider.decideCodeRows(snapshot, codeRows, 0, scores, 0, count, decisions);
                    decider.decideCodeColumns(snapshot, codeColumns, 0, scores, 0, count, decisions);
                }
                reader.leave();
            }));
        }
        pinned.drop();
    }

    private static long leastAllocated(final int calls, final Runnable measured) {
        final long started = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least > 0 && System.nanoTime() - started < DEADLINE_NANOS) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                measured.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
