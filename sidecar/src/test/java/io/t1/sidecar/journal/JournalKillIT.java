package io.t1.sidecar.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.sidecar.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalKillIT {
    private static final int RUNS = 3;

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenSurvivesKillMinusNineAndTheJournalGoesOn() throws Exception {
        long atLeast = 0;
        for (int run = 1; run <= RUNS; run++) {
            atLeast += writtenByAProcessThatIsKilled(20_000L * run);
            final long start = System.nanoTime();
            try (ObservationJournal journal = new ObservationJournal(context(directory))) {
                journal.start();
                ObservationJournalTest.Batch.random(new Random(run), 1).offerTo(journal);
                Await.until(
                        () -> journal.counters().written() == 1,
                        () -> journal.counters().toString());
            }
            final long reopenedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(reopenedMs < 5_000, "reopened in " + reopenedMs + " ms");
            atLeast++;
            final long found = count();
            assertTrue(found >= atLeast, "run " + run + ": found " + found + " < " + atLeast);
        }
    }

    private long writtenByAProcessThatIsKilled(final long enough) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("t1.project.root", ".."), ".jvmopts"));
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WriterProcess.class.getName(), directory.toString()));
        final File errors =
                directory.resolveSibling(directory.getFileName() + ".err").toFile();
        final Process process =
                new ProcessBuilder(command).redirectError(errors).start();
        long written = 0;
        try (BufferedReader lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            while (written < enough) {
                final String line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("the writer ended: " + Files.readString(errors.toPath()));
                }
                if (line.startsWith(WriterProcess.WRITTEN)) {
                    written = Long.parseLong(line.substring(WriterProcess.WRITTEN.length()));
                }
            }
        } finally {
            process.destroyForcibly(); // SIGKILL
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "the writer outlived its kill");
        assertNotEquals(0, process.exitValue());
        Files.delete(errors.toPath());
        return written;
    }

    private long count() throws IOException {
        long count = 0;
        try (JournalReader reader = new JournalReader(directory)) {
            while (reader.next() != null) {
                count++;
            }
        }
        return count;
    }

    private static ObservationJournal.Context context(final Path directory) {
        return new ObservationJournal.Context(directory).minFreeBytes(0);
    }

    /** Offers until it is killed and prints how many observations are written. */
    static final class WriterProcess {
        static final String WRITTEN = "written=";

        private WriterProcess() {}

        public static void main(final String[] args) {
            final ObservationJournal journal = new ObservationJournal(context(Path.of(args[0])));
            journal.start();
            final var batch = ObservationJournalTest.Batch.random(new Random(1), 20);
            for (long n = 0; n < 100_000_000; n++) { // ends by itself should nobody kill it
                if (!batch.offerTo(journal)) {
                    LockSupport.parkNanos(100_000);
                }
                if (n % 64 == 0) {
                    System.out.println(WRITTEN + journal.counters().written());
                    assertEquals(
                            "",
                            journal.counters().state() == JournalCounters.State.FAILED
                                    ? journal.counters().reason()
                                    : "");
                }
            }
        }
    }
}
