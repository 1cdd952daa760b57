package io.t1.sidecar.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntervalLogTest {
    private static final long NOON = 1_800_014_400_000L;

    private final AtomicLong now = new AtomicLong(NOON);

    @TempDir
    Path directory;

    @Test
    void aLogReaderFindsEveryPassageUnderItsPhase() throws IOException {
        final Random random = new Random(1);
        final Map<String, Histogram> expected = new HashMap<>();
        try (ServerStats stats = stats(1 << 20, 1 << 24)) {
            final LoopStats loop = stats.newLoop();
            for (int second = 0; second < 20; second++) {
                for (int n = random.nextInt(500); n > 0; n--) {
                    final Phase phase = Phase.of(random.nextInt(Phase.count()));
                    final long nanos = random.nextLong(50_000_000);
                    loop.record(phase, nanos);
                    expected.computeIfAbsent(phase.label(), label -> new Histogram(LoopStats.DIGITS))
                            .recordValue(nanos);
                }
                now.addAndGet(1_000);
                stats.closeSecond();
            }
            loop.record(Phase.GATE, 777); // in the second that close() ends
            expected.computeIfAbsent("gate", label -> new Histogram(LoopStats.DIGITS))
                    .recordValue(777);
        }
        final List<Path> logs = logs();
        assertEquals(1, logs.size(), logs.toString());
        final Map<String, Histogram> found = read(logs.getFirst());
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((phase, histogram) -> assertEquals(histogram, found.get(phase), phase));
    }

    @Test
    void aSecondsLineBearsItsTimes() throws IOException {
        try (ServerStats stats = stats(1 << 20, 1 << 24)) {
            final LoopStats loop = stats.newLoop();
            now.addAndGet(1_000);
            stats.closeSecond();
            loop.record(Phase.WHOLE, 1_000);
            now.addAndGet(1_000);
            stats.closeSecond();
        }
        final HistogramLogReader reader =
                new HistogramLogReader(logs().getFirst().toFile());
        final var line = reader.nextIntervalHistogram();
        assertEquals(NOON + 1_000, line.getStartTimeStamp());
        assertEquals(NOON + 2_000, line.getEndTimeStamp());
    }

    @Test
    void aNewDayAndAFullFileStartANewOneAndTheOldestGo() throws IOException {
        try (ServerStats stats = stats(2_000, 6_000)) {
            final LoopStats loop = stats.newLoop();
            loop.record(Phase.WHOLE, 1_000);
            now.addAndGet(1_000);
            stats.closeSecond();
            final List<Path> first = logs();
            now.addAndGet(86_400_000);
            stats.closeSecond();
            assertEquals(2, logs().size(), "a new day");
            for (int second = 0; second < 200; second++) {
                loop.record(Phase.WHOLE, 1_000 + second);
                now.addAndGet(1_000);
                stats.closeSecond();
            }
            assertFalse(logs().contains(first.getFirst()), "the oldest is still there");
            long total = 0;
            for (final Path log : logs()) {
                total += Files.size(log);
            }
            assertTrue(total <= 6_000 + 2_500, "total=" + total);
        }
    }

    @Test
    void aFolderThatCantBeWrittenCostsTheLogAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("log"), "a file where the folder should be");
        try (ServerStats stats =
                new ServerStats(new ServerStats.Context().clock(now::get).logDirectory(directory.resolve("log")))) {
            stats.newLoop().record(Phase.WHOLE, 1_000);
            stats.closeSecond();
            assertEquals(1, stats.snapshot().history().size());
        }
    }

    private ServerStats stats(final long fileBytes, final long totalBytes) {
        return new ServerStats(new ServerStats.Context()
                .clock(now::get)
                .logDirectory(directory.resolve("stats"))
                .logLimits(fileBytes, totalBytes));
    }

    private List<Path> logs() throws IOException {
        try (var files = Files.list(directory.resolve("stats"))) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Histogram> read(final Path log) throws IOException {
        final Map<String, Histogram> found = new HashMap<>();
        final HistogramLogReader reader = new HistogramLogReader(log.toFile());
        while (reader.hasNext()) {
            final Histogram interval = (Histogram) reader.nextIntervalHistogram();
            found.computeIfAbsent(interval.getTag(), tag -> new Histogram(LoopStats.DIGITS))
                    .add(interval);
        }
        return found;
    }
}
