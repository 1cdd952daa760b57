package io.t1.sidecar.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.codec.wire.ErrorCode;
import io.t1.gating.DecisionBatch;
import io.t1.gating.DecisionFlag;
import io.t1.gating.RandomBatches;
import io.t1.sidecar.Allocation;
import io.t1.sidecar.journal.JournalCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStatsTest {
    private static final double HDR_PRECISION = 1e-3;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final ServerStats stats = new ServerStats(new ServerStats.Context().clock(now::get));

    @AfterEach
    void close() {
        stats.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void percentilesAreThoseOfAllLoopsLatenciesSorted(final long seed) {
        final Random random = new Random(seed);
        final long[] nanos = new long[30_001];
        final LoopStats[] loops = {stats.newLoop(), stats.newLoop(), stats.newLoop()};
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) Math.exp(random.nextGaussian(9, 2)); // 8 us in the middle, to 30 ms and over
            loops[random.nextInt(loops.length)].record(Phase.WHOLE, nanos[i]);
        }
        Arrays.sort(nanos);
        final LatencyFigures whole = figures(stats.snapshot().window());
        final String context = "seed=" + seed;
        assertEquals(nanos.length, whole.count(), context);
        assertNear(percentile(nanos, 50), whole.p50(), context);
        assertNear(percentile(nanos, 90), whole.p90(), context);
        assertNear(percentile(nanos, 99), whole.p99(), context);
        assertNear(percentile(nanos, 99.9), whole.p999(), context);
        assertNear(nanos[nanos.length - 1], whole.max(), context);
        final double mean = Arrays.stream(nanos).average().orElseThrow();
        assertEquals(mean, whole.mean(), mean * HDR_PRECISION, context);
        assertEquals(whole, figures(stats.snapshot().sinceStart()), context);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void countsArmsAndFlagsAsTheBatchesSayThem(final long seed) {
        final Random random = new Random(seed);
        final LoopStats[] loops = {stats.newLoop(), stats.newLoop()};
        final List<DecisionBatch> batches = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final DecisionBatch batch = RandomBatches.batch(random, 1 + random.nextInt(1024));
            batches.add(batch);
            loops[i % 2].decided(batch);
        }
        final var decisions = stats.snapshot().decisions();
        final String context = "seed=" + seed;
        assertEquals(batches.size(), decisions.batches(), context);
        assertEquals(countArm(batches, Arm.SKIP), decisions.skip(), context);
        assertEquals(countArm(batches, Arm.CHEAP), decisions.cheap(), context);
        assertEquals(countArm(batches, Arm.FULL), decisions.full(), context);
        assertEquals(countFlag(batches, DecisionFlag.EXPLORED), decisions.explored(), context);
        assertEquals(countFlag(batches, DecisionFlag.CAPPED), decisions.capped(), context);
        assertEquals(countFlag(batches, DecisionFlag.LOW_GAIN), decisions.lowGain(), context);
        assertEquals(countFlag(batches, DecisionFlag.DEGRADED), decisions.degraded(), context);
        assertEquals(countFlag(batches, DecisionFlag.OVERLOADED), decisions.overloaded(), context);
    }

    @Test
    void timesThePhasesOfOneRequestInSixtyFourAndTheWholeOfEach() {
        final LoopStats loop = stats.newLoop();
        int timed = 0;
        for (int read = 0; read < 64; read++) {
            for (int request = 0; request < 10; request++) {
                timed += loop.timesNext() ? 1 : 0;
                loop.written();
            }
            loop.answered(System.nanoTime());
        }
        assertEquals(10, timed);
        assertEquals(640, figures(stats.snapshot().sinceStart()).count());
    }

    @Test
    void timesAndCountsNothingWhenOff() {
        try (ServerStats off =
                new ServerStats(new ServerStats.Context().clock(now::get).recording(Recording.OFF))) {
            final LoopStats loop = off.newLoop();
            assertFalse(loop.timesNext());
            loop.request();
            loop.decided(RandomBatches.uniform(Arm.FULL, 0x7F, 3));
            loop.written();
            loop.answered(System.nanoTime());
            final StatsSnapshot snapshot = off.snapshot();
            assertEquals(0, figures(snapshot.sinceStart()).count());
            assertEquals(0, snapshot.decisions().full());
            assertEquals(0, snapshot.traffic().requests());
        }
    }

    @Test
    void countsTheLargestBatchWhenAllOfItIsOneArmAndFlag() {
        final LoopStats loop = stats.newLoop();
        final int count = DecisionBatch.MAX_QUERIES;
        for (final Arm arm : Arm.values()) {
            loop.decided(RandomBatches.uniform(arm, 0x7F, count));
        }
        final var decisions = stats.snapshot().decisions();
        assertEquals(count, decisions.skip());
        assertEquals(count, decisions.cheap());
        assertEquals(count, decisions.full());
        assertEquals(3L * count, decisions.explored());
        assertEquals(3L * count, decisions.overloaded());
    }

    @Test
    void losesNoPassageWhileSnapshotsAreTaken() throws InterruptedException {
        final int perLoop = 300_000;
        final List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            final LoopStats loop = stats.newLoop();
            writers.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < perLoop; n++) {
                    loop.record(Phase.WHOLE, n % 1_000);
                    loop.request();
                }
            }));
        }
        long seen = 0;
        long requests = 0;
        while (writers.stream().anyMatch(Thread::isAlive)) {
            final StatsSnapshot snapshot = stats.snapshot();
            final long count = figures(snapshot.sinceStart()).count();
            assertTrue(count >= seen, count + " passages after " + seen);
            assertTrue(snapshot.traffic().requests() >= requests, "requests went back");
            seen = count;
            requests = snapshot.traffic().requests();
        }
        for (final Thread writer : writers) {
            writer.join();
        }
        final StatsSnapshot last = stats.snapshot();
        assertEquals(2L * perLoop, figures(last.sinceStart()).count());
        assertEquals(2L * perLoop, last.traffic().requests());
    }

    @Test
    void theWindowForgetsAPassageAfterSixtySeconds() {
        final LoopStats loop = stats.newLoop();
        loop.record(Phase.WHOLE, 5_000);
        for (int second = 1; second <= 60; second++) {
            closeSecond();
            assertEquals(1, figures(stats.snapshot().window()).count(), "after " + second + " s");
        }
        closeSecond();
        assertEquals(0, figures(stats.snapshot().window()).count());
        assertEquals(1, figures(stats.snapshot().sinceStart()).count());
    }

    @Test
    void theHistoryShowsEachSecondsArmsAndLatency() {
        final LoopStats loop = stats.newLoop();
        final DecisionBatch batch = RandomBatches.batch(new Random(7), 100);
        for (int second = 0; second < 70; second++) {
            for (int n = 0; n < second; n++) {
                loop.decided(batch);
                loop.record(Phase.WHOLE, 1_000 + second);
            }
            loop.error(ErrorCode.OVERLOADED);
            closeSecond();
        }
        final var history = stats.snapshot().history();
        assertEquals(60, history.size());
        for (int i = 0; i < history.size(); i++) {
            final int second = 10 + i;
            assertEquals(
                    second * countArm(List.of(batch), Arm.FULL), history.get(i).full(), "second " + second);
            assertEquals(1, history.get(i).errors(), "second " + second);
            assertEquals(1_000 + second, history.get(i).p50Nanos()[Phase.WHOLE.ordinal()], "second " + second);
        }
    }

    @Test
    void latenciesOutOfRangeCountAtItsEnds() {
        final LoopStats loop = stats.newLoop();
        loop.record(Phase.GATE, -5);
        loop.record(Phase.GATE, Long.MAX_VALUE);
        closeSecond(); // the window keeps them too
        for (final var figures :
                List.of(stats.snapshot().window(), stats.snapshot().sinceStart())) {
            final LatencyFigures gate = figures.get(Phase.GATE);
            assertEquals(2, gate == null ? 0 : gate.count());
            assertEquals(0, gate == null ? -1 : gate.p50());
            assertNear(LoopStats.HIGHEST_NANOS, gate == null ? -1 : gate.max(), "max");
        }
    }

    @Test
    void keepsTheNewestReloadsAndCountsAll() {
        for (int i = 1; i <= 50; i++) {
            stats.reloaded(
                    i % 5 == 0
                            ? ReloadEvent.refused(i, "file " + i, null, "tau falls with entropy", 10)
                            : ReloadEvent.accepted(i, "wire", TableKey.DEFAULT, i, 10));
        }
        final var reloads = stats.snapshot().reloads();
        assertEquals(40, reloads.accepted());
        assertEquals(10, reloads.refused());
        assertEquals(ServerStats.RELOADS_KEPT, reloads.last().size());
        assertEquals(50, reloads.last().getFirst().atMillis());
        assertEquals(19, reloads.last().getLast().atMillis());
    }

    @Test
    void theJsonSaysWhatTheSnapshotSays() throws Exception {
        final LoopStats loop = stats.newLoop();
        loop.connectionOpened();
        loop.connectionOpened();
        loop.connectionClosed();
        loop.bytes(100, 250);
        loop.outcome();
        loop.error(ErrorCode.STALE_FEATURES);
        loop.record(Phase.WHOLE, 12_500);
        stats.describe("vector", "epoll");
        stats.reached("listening");
        stats.reloaded(ReloadEvent.refused(now.get(), "wire", TableKey.DEFAULT, "tau falls \"here\"", 1_500_000));
        stats.sources(new StatsSources(
                () -> List.of(
                        new TableRow(TableKey.DEFAULT, 42, EnumSet.of(TableRow.Role.ACTIVE), now.get(), "ab12", 4_096)),
                () -> 8_192,
                () -> new Readiness.NotReady("draining"),
                () -> new JournalCounters(JournalCounters.State.OPEN, "", 10, 7, 2, 700)));

        final JsonNode json = new ObjectMapper().readTree(stats.snapshot().toJson());
        assertEquals("vector", json.at("/server/kernel").asText());
        assertTrue(json.at("/server/startup_ms/listening").isNumber());
        assertEquals("draining", json.at("/not_ready_reason").asText());
        assertEquals(1, json.at("/connections/open").asLong());
        assertEquals(250, json.at("/sent_bytes").asLong());
        assertEquals(12.5, json.at("/latency/since_start/whole/p99_us").asDouble(), 0.02);
        assertEquals(1, json.at("/errors/by_code/stale_features").asLong());
        assertEquals(1, json.at("/errors/count").asLong());
        assertEquals(42, json.at("/tables/0/version").asLong());
        assertEquals("active", json.at("/tables/0/roles/0").asText());
        assertEquals(8_192, json.at("/table_offheap_bytes").asLong());
        assertEquals("refused", json.at("/reloads/last/0/result").asText());
        assertEquals("tau falls \"here\"", json.at("/reloads/last/0/reason").asText());
        assertEquals(1.5, json.at("/reloads/last/0/duration_ms").asDouble());
        assertEquals(2, json.at("/journal/dropped").asLong());
    }

    @Test
    void eventLoopsAllocateNothing() {
        final LoopStats loop = stats.newLoop();
        final DecisionBatch batch = RandomBatches.batch(new Random(8), 64);
        final int[] run = {0};
        final long bytes = Allocation.bytes(10_000, () -> {
            run[0] += 37;
            loop.record(Phase.KERNEL, run[0]);
            loop.record(Phase.WHOLE, 3L * run[0]);
            loop.request();
            loop.decided(batch);
            loop.bytes(64, 128);
            loop.error(ErrorCode.OVERLOADED);
            loop.outcome();
        });
        assertEquals(0, bytes);
    }

    private void closeSecond() {
        now.addAndGet(1_000);
        stats.closeSecond();
    }

    private static LatencyFigures figures(final Map<Phase, LatencyFigures> byPhase) {
        return Objects.requireNonNull(byPhase.get(Phase.WHOLE));
    }

    private static long percentile(final long[] sorted, final double percentile) {
        return sorted[(int) Math.ceil(percentile / 100 * sorted.length) - 1];
    }

    private static void assertNear(final long expected, final long actual, final String context) {
        assertEquals((double) expected, (double) actual, expected * HDR_PRECISION, context);
    }

    private static long countArm(final List<DecisionBatch> batches, final Arm arm) {
        return batches.stream()
                .mapToLong(batch -> count(batch, q -> batch.arm(q) == arm.code()))
                .sum();
    }

    private static long countFlag(final List<DecisionBatch> batches, final int flag) {
        return batches.stream()
                .mapToLong(batch -> count(batch, q -> (batch.flags(q) & flag) != 0))
                .sum();
    }

    private static long count(final DecisionBatch batch, final IntPredicate holds) {
        long count = 0;
        for (int q = 0; q < batch.count(); q++) {
            count += holds.test(q) ? 1 : 0;
        }
        return count;
    }
}
