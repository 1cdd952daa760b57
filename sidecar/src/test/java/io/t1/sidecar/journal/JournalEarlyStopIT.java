package io.t1.sidecar.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalEarlyStopIT {
    @TempDir
    Path directory;

    @Test
    void whatWasOfferedBeforeTheJournalOpenedIsWrittenByAProcessThatEndsAtOnce() throws Exception {
        assertEquals("", saidBy("1"));
        try (JournalReader reader = new JournalReader(directory)) {
            assertNotNull(reader.next(), "the observation offered");
            assertNull(reader.next());
        }
    }

    @Test
    void aProcessThatEndsAtOnceWithNothingToKeepOpensNoJournal() throws Exception {
        assertEquals("", saidBy("0"));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private String saidBy(final String offers) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("t1.project.root", ".."), ".jvmopts"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BriefProcess.class.getName(), directory.toString(), offers));
        final Path said = Files.createTempFile("brief", ".log");
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "it didn't end: " + process.pid());
            assertEquals(0, process.exitValue(), Files.readString(said));
            return Files.readString(said);
        } finally {
            Files.delete(said);
        }
    }

    /** Offers so many observations to a journal that would open in a minute, and ends; its journal is closed by a hook. */
    static final class BriefProcess {
        private BriefProcess() {}

        public static void main(final String[] args) {
            final ObservationJournal journal = new ObservationJournal(new ObservationJournal.Context(Path.of(args[0]))
                    .minFreeBytes(0)
                    .opensAfter(Duration.ofMinutes(1)));
            Runtime.getRuntime().addShutdownHook(new Thread(journal::close));
            journal.start();
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                ObservationJournalTest.Batch.random(new Random(i), 1).offerTo(journal);
            }
            System.exit(0);
        }
    }
}
