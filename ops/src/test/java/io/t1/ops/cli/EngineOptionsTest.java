package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This class path has no Spark. */
class EngineOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void refusesAnEngineWhoseClassesAreNotThereBeforeAnythingIsRead() {
        refused("--engine spark: its classes aren't on the class path", "--engine", "spark");
    }

    @Test
    void refusesWhatIsSaidOfSparkWithoutIt() {
        refused("--spark-master and --spark-workers need --engine spark", "--spark-master", "local[2]");
        refused("--spark-master and --spark-workers need --engine spark", "--spark-workers", "3");
    }

    @Test
    void refusesWhatSparkIsNotMadeFor() {
        refused("leave it out for --split", "--engine", "spark", "--split", "length");
        refused("leave it out for --targets own", "--engine", "spark", "--targets", "own");
    }

    private void refused(final String message, final String... options) {
        final Path table = folder.resolve("table.json");
        final List<String> words =
                new ArrayList<>(List.of("distil", folder.resolve("none.csv").toString(), "--out", table.toString()));
        words.addAll(List.of(options));
        final CapturedRun run = CapturedRun.of(words.toArray(String[]::new));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(table), "no table");
    }
}
