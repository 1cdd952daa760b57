package io.t1.sidecar.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.codec.wire.MessageHeaderDecoder;
import io.t1.codec.wire.MessageHeaderEncoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.codec.wire.OutcomeEncoder;
import io.t1.gating.DecisionBatch;
import io.t1.gating.RandomBatches;
import io.t1.sidecar.Allocation;
import io.t1.sidecar.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationJournalTest {
    private static final TableKey KEY = new TableKey("docs@2", "eu-west", "de");
    private static final long HOUR_MS = 3_600_000;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackEveryDecisionAndOutcomeInOrder(final long seed) throws IOException {
        final Random random = new Random(seed);
        final List<Batch> batches = new ArrayList<>();
        try (ObservationJournal journal = open(context())) {
            for (int i = 0; i < 40; i++) {
                final Batch batch = Batch.random(random, i == 0 ? 1_024 : 1 + random.nextInt(200));
                batches.add(batch);
                now.addAndGet(1);
                assertTrue(batch.offerTo(journal));
                assertTrue(journal.offerOutcome(outcome(i, i % 3 == 0 ? "" : "doc-" + i + "\nß\n漢字")));
            }
        }
        try (JournalReader reader = new JournalReader(journalDirectory())) {
            long time = now.get() - batches.size();
            for (int i = 0; i < batches.size(); i++) {
                time++;
                for (int q = 0; q < batches.get(i).decisions().count(); q++) {
                    assertSame(
                            batches.get(i), q, time, reader.next(), "seed=" + seed + ", batch " + i + ", query " + q);
                }
                final var outcome = assertInstanceOf(Observation.Outcome.class, reader.next(), "seed=" + seed);
                assertEquals(i, outcome.decisionId());
                assertEquals(time, outcome.timeMillis());
                assertEquals(1_234.5f, outcome.latencyMicros());
                assertEquals(0.5f, outcome.ndcg());
                assertEquals(0.25f, outcome.baselineNdcg());
                assertEquals(0.75f, outcome.jaccard());
                assertTrue(Float.isNaN(outcome.label()));
                assertEquals(i % 3 == 0 ? List.of() : List.of("doc-" + i, "ß", "漢字"), outcome.topTen());
            }
            assertNull(reader.next());
        }
    }

    @Test
    void whatIsOfferedBeforeTheQueueIsOpenIsWritten() throws IOException {
        final Batch batch = Batch.random(new Random(1), 16);
        try (ObservationJournal journal = new ObservationJournal(context())) {
            assertTrue(batch.offerTo(journal));
            final var waiting = journal.counters();
            assertEquals(JournalCounters.State.OPENING, waiting.state());
            assertEquals(16, waiting.offered());
            assertEquals(0, waiting.written());
            journal.start();
            Await.until(
                    () -> journal.counters().written() == 16,
                    () -> journal.counters().toString());
        }
        assertEquals(16, readAll().size());
    }

    @Test
    void aFullRingDropsAndCountsAndNeverWaits() {
        final Batch batch = Batch.random(new Random(2), 64);
        final ObservationJournal journal =
                new ObservationJournal(context().ringBytes(1 << 20)); // nobody reads the ring
        int taken = 0;
        while (batch.offerTo(journal)) {
            taken++;
        }
        assertTrue(taken > 100, "taken=" + taken);
        final int more = 100_000;
        final long start = System.nanoTime();
        for (int i = 0; i < more; i++) {
            assertFalse(batch.offerTo(journal));
        }
        final long perOfferNs = (System.nanoTime() - start) / more;
        assertFalse(journal.offerOutcome(outcome(1, "a\n".repeat(2_000))));
        assertTrue(perOfferNs < 20_000, "a refused offer took " + perOfferNs + " ns");
        final var counters = journal.counters();
        assertEquals(64L * (more + 1) + 1, counters.dropped());
        assertEquals(64L * taken + counters.dropped(), counters.offered());
        journal.close();
    }

    @Test
    void everyOfferIsWrittenOrCountedAsDroppedUnderManyThreads() throws Exception {
        final int perThread = 4_000;
        final ObservationJournal journal = open(context().ringBytes(1 << 20));
        try (var threads = Executors.newFixedThreadPool(3)) {
            final List<Future<Integer>> offering = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                final Batch batch = Batch.random(new Random(t), 50 + t);
                offering.add(threads.submit(() -> {
                    int offers = 0;
                    for (; offers < perThread; offers++) {
                        batch.offerTo(journal);
                    }
                    return offers;
                }));
            }
            for (final Future<Integer> offers : offering) {
                assertEquals(perThread, offers.get()); // and nothing was thrown
            }
        }
        journal.close();
        final var counters = journal.counters();
        assertEquals(JournalCounters.State.CLOSED, counters.state());
        assertEquals((50L + 51 + 52) * perThread, counters.offered(), counters.toString());
        assertEquals(counters.offered(), counters.written() + counters.dropped());
        assertEquals(counters.written(), readAll().size());
        assertTrue(counters.written() > 0);
    }

    @Test
    void goesOnWhereItStoppedAndLeavesNoFileOutsideItsFolder() throws IOException {
        for (int run = 0; run < 3; run++) {
            try (ObservationJournal journal = open(context())) {
                Batch.random(new Random(run), 5).offerTo(journal);
            }
            assertEquals(5 * (run + 1), readAll().size());
        }
        try (var files = Files.list(directory)) {
            assertEquals(List.of(journalDirectory()), files.toList());
        }
    }

    @Test
    void aReaderSeesWhatIsWrittenWhileItReads() throws IOException {
        try (ObservationJournal journal = open(context())) {
            Batch.random(new Random(1), 1).offerTo(journal);
            Await.until(
                    () -> journal.counters().written() == 1,
                    () -> journal.counters().toString());
            try (JournalReader reader = new JournalReader(journalDirectory())) {
                assertNotNull(reader.next());
                assertNull(reader.next());
                Batch.random(new Random(2), 1).offerTo(journal);
                Await.until(
                        () -> journal.counters().written() == 2,
                        () -> journal.counters().toString());
                assertNotNull(reader.next());
            }
        }
    }

    @Test
    void theOldestHoursGoWhenTheJournalTakesMoreThanItMay() throws IOException {
        final int retention = 32 << 20;
        final Batch big = Batch.random(new Random(3), 1_024);
        final int hours = 20;
        try (ObservationJournal journal = open(context().retentionBytes(retention))) {
            long offered = 0;
            for (int hour = 0; hour < hours; hour++) {
                for (int i = 0; i < 20; i++) {
                    assertTrue(big.offerTo(journal));
                    offered += 1_024;
                }
                final long all = offered;
                Await.until(
                        () -> journal.counters().written() == all,
                        () -> journal.counters().toString());
                now.addAndGet(HOUR_MS);
            }
            Await.until(() -> journalBytes() <= retention, () -> "bytes=" + journalBytes());
        }
        final List<Observation> left = readAll();
        assertTrue(!left.isEmpty() && left.size() < hours * 20 * 1_024, "left=" + left.size());
        assertEquals(now.get() - HOUR_MS, left.getLast().timeMillis(), "the newest hour is gone");
    }

    @Test
    void dropsAndSaysWhyWhileTheDiskIsTooFull() throws IOException {
        try (ObservationJournal journal = new ObservationJournal(context().minFreeBytes(Long.MAX_VALUE))) {
            journal.start();
            Await.until(
                    () -> journal.counters().state() == JournalCounters.State.FAILED,
                    () -> journal.counters().toString());
            assertTrue(
                    journal.counters().reason().contains("minFreeBytes"),
                    journal.counters().reason());
            Batch.random(new Random(1), 7).offerTo(journal);
            Await.until(
                    () -> journal.counters().dropped() == 7,
                    () -> journal.counters().toString());
        }
    }

    @Test
    void writesAgainOnceTheFolderCanBeMade() throws IOException {
        Files.writeString(journalDirectory(), "a file where the folder should be");
        try (ObservationJournal journal = new ObservationJournal(context())) {
            journal.start();
            Await.until(
                    () -> journal.counters().state() == JournalCounters.State.FAILED,
                    () -> journal.counters().toString());
            Files.delete(journalDirectory());
            Await.until(
                    () -> journal.counters().state() == JournalCounters.State.OPEN,
                    () -> journal.counters().toString());
            Batch.random(new Random(1), 7).offerTo(journal);
        }
        assertEquals(7, readAll().size());
    }

    @Test
    void offersAllocateNothing() {
        final Batch batch = Batch.random(new Random(4), 8);
        final OutcomeDecoder outcome = outcome(5, "a\nb\nc");
        try (ObservationJournal journal = open(context())) {
            assertEquals(0, Allocation.bytes(5_000, () -> batch.offerTo(journal)), "decisions");
            assertEquals(
                    0,
                    Allocation.bytes(5_000, () -> {
                        outcome.sbeRewind();
                        journal.offerOutcome(outcome);
                    }),
                    "outcome");
            Await.until(
                    () -> journal.counters().written() > 0,
                    () -> journal.counters().toString());
        }
    }

    @Test
    void saysThatThereIsNoJournal() {
        assertThrows(NoSuchFileException.class, () -> new JournalReader(directory.resolve("nowhere")));
    }

    private ObservationJournal.Context context() {
        return new ObservationJournal.Context(journalDirectory())
                .clock(now::get)
                .minFreeBytes(0);
    }

    private static ObservationJournal open(final ObservationJournal.Context context) {
        final ObservationJournal journal = new ObservationJournal(context);
        journal.start();
        Await.until(
                () -> journal.counters().state() == JournalCounters.State.OPEN,
                () -> journal.counters().toString());
        return journal;
    }

    private Path journalDirectory() {
        return directory.resolve("journal");
    }

    private long journalBytes() {
        long bytes = 0;
        final File[] files = journalDirectory().toFile().listFiles((folder, name) -> name.endsWith(".cq4"));
        for (final File file : files == null ? new File[0] : files) {
            bytes += file.length(); // 0 for one that the journal has just deleted
        }
        return bytes;
    }

    private List<Observation> readAll() throws IOException {
        final List<Observation> all = new ArrayList<>();
        try (JournalReader reader = new JournalReader(journalDirectory())) {
            for (Observation next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    static OutcomeDecoder outcome(final long decisionId, final String topTen) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
        new OutcomeEncoder()
                .wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
                .decisionId(decisionId)
                .latencyMicros(1_234.5f)
                .ndcg(0.5f)
                .baselineNdcg(0.25f)
                .jaccard(0.75f)
                .label(Float.NaN)
                .topTen(topTen);
        return new OutcomeDecoder().wrapAndApplyHeader(frame, 0, new MessageHeaderDecoder());
    }

    private static void assertSame(
            final Batch batch, final int q, final long time, final @Nullable Observation read, final String context) {
        final var decision = assertInstanceOf(Observation.Decision.class, read, context);
        final DecisionBatch expected = batch.decisions();
        assertEquals(time, decision.timeMillis(), context);
        assertEquals(expected.decisionId(q), decision.decisionId(), context);
        assertEquals(KEY, decision.key(), context);
        assertEquals(expected.tableVersion(), decision.tableVersion(), context);
        assertEquals(expected.arm(q), decision.arm().code(), context);
        assertEquals(expected.score(q), decision.score(), context);
        assertEquals(expected.propensity(q), decision.propensity(), context);
        assertEquals(expected.expectedGain(q), decision.expectedGain(), context);
        assertEquals(expected.flags(q), decision.flags(), context);
        assertEquals(expected.ef(q), decision.ef(), context);
        assertEquals(expected.topk(q), decision.topk(), context);
        assertEquals(expected.rerankDepth(q), decision.rerankDepth(), context);
        final byte[] row = new byte[batch.features()];
        for (int feature = 0; feature < row.length; feature++) {
            row[feature] = batch.codes()[feature * batch.stride() + q];
        }
        assertArrayEquals(row, decision.codes(), context);
    }

    /** A decided batch with the codes it was decided by. */
    record Batch(DecisionBatch decisions, int features, byte[] codes, int stride) {
        static Batch random(final Random random, final int count) {
            final int features = 1 + random.nextInt(16);
            final int stride = count + random.nextInt(64);
            final byte[] codes = new byte[features * stride];
            random.nextBytes(codes);
            return new Batch(RandomBatches.batch(random, count), features, codes, stride);
        }

        boolean offerTo(final ObservationJournal journal) {
            return journal.offerDecisions(KEY, features, codes, stride, decisions);
        }
    }
}
