package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.RouterTable;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Search threads decide while tables are replaced and rolled back under them. */
class HotReloadTest {
    private static final int TABLES = 8;
    private static final int RELOADS = 1_000;
    private static final int READERS = 3;

    private final List<RouterArtifact> tables = new ArrayList<>();
    private final RandomArtifacts artifacts = new RandomArtifacts(90);
    private final RouterArtifact first = artifacts.plain();
    private final KnownQueries queries = new KnownQueries(first, 64, 90);
    private final ReferenceDecision[][] expected = new ReferenceDecision[TABLES][queries.count];
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch started = new CountDownLatch(READERS);

    HotReloadTest() {
        for (int t = 0; t < TABLES; t++) {
            tables.add(t == 0 ? first : artifacts.sameFeatures(first));
            for (int q = 0; q < queries.count; q++) {
                expected[t][q] = ReferenceDecision.of(tables.get(t), queries.codes[q], queries.nodeScores[q], 0, 0);
            }
        }
    }

    @Test
    void everyDecisionIsThatOfTheVersionItNamesUnderAStormOfReloads() throws Exception {
        final long before = RouterTable.openBytes();
        final Random random = new Random(91);
        long most = 0;
        try (var threads = Executors.newFixedThreadPool(READERS);
                var decider = Decider.open(first, new DeciderContext().maxBatch(queries.count))) {
            final List<Future<Set<Long>>> readers = new ArrayList<>();
            readers.add(threads.submit(singles(decider)));
            readers.add(threads.submit(batches(decider)));
            readers.add(threads.submit(comingAndGoing(decider)));
            started.await();
            for (int i = 1; i <= RELOADS; i++) {
                assertEquals(i + 1, decider.replace(tables.get(i % TABLES)));
                switch (random.nextInt(6)) {
                    case 0 -> decider.rollbackToBaseline();
                    case 1 -> assertTrue(decider.rollbackToPrevious());
                    default -> {}
                }
                most = Math.max(most, RouterTable.openBytes() - before);
            }
            running.set(false);
            for (final Future<Set<Long>> reader : readers) {
                assertTrue(reader.get().size() > 1, "a reader saw one version only");
            }
        } finally {
            running.set(false);
        }
        assertEquals(before, RouterTable.openBytes(), "off-heap bytes after as before; most in between: " + most);
    }

    private Callable<Set<Long>> singles(final Decider decider) {
        return () -> {
            final Set<Long> versions = new HashSet<>();
            try (var thread = decider.newReader()) {
                while (running.get()) {
                    decideAll(thread, versions);
                    started.countDown();
                }
            }
            return versions;
        };
    }

    private Callable<Set<Long>> comingAndGoing(final Decider decider) {
        return () -> {
            final Set<Long> versions = new HashSet<>();
            while (running.get()) {
                try (var thread = decider.newReader()) {
                    decideAll(thread, versions);
                    started.countDown();
                }
            }
            return versions;
        };
    }

    private Callable<Set<Long>> batches(final Decider decider) {
        return () -> {
            final Set<Long> versions = new HashSet<>();
            final var rows = queries.rows(0);
            final var scores = queries.scores(0);
            final var decisions = new DecisionBatch(queries.count);
            try (var thread = decider.newReader()) {
                while (running.get()) {
                    thread.decideRows(rows, 0, scores, 0, queries.count, decisions);
                    final long version = decisions.tableVersion();
                    versions.add(version);
                    for (int q = 0; q < queries.count && version > 0; q++) {
                        expected[tableOf(version)][q].assertSame(decisions, q, "version=" + version + ", q=" + q);
                    }
                    started.countDown();
                }
            }
            return versions;
        };
    }

    private void decideAll(final DeciderThread thread, final Set<Long> versions) {
        for (int q = 0; q < queries.count; q++) {
            final Decision decision = thread.decide(queries.features[q], queries.nodeScores[q]);
            final long version = decision.tableVersion();
            versions.add(version);
            if (version == TableSnapshot.BUILT_IN_BASELINE_VERSION) {
                assertEquals(DecisionFlag.BASELINE_TABLE, decision.flags());
                continue;
            }
            final ReferenceDecision reference = expected[tableOf(version)][q];
            final String where = "version=" + version + ", q=" + q;
            assertEquals(reference.arm(), decision.arm(), where);
            assertEquals(reference.ef(), decision.ef(), where);
            assertEquals(reference.outputs()[0], decision.tau(), where);
            assertEquals(reference.outputs()[3], decision.score(), where);
            assertEquals(reference.flags(), decision.flags(), where);
        }
    }

    private static int tableOf(final long version) {
        return (int) ((version - 1) % TABLES);
    }
}
