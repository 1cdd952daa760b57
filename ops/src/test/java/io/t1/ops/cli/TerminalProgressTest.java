package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aStepThatReportsOnceAndThenNothingIsStillSeenToBeAtIt() throws InterruptedException {
        try (TerminalProgress progress = TerminalProgress.ofLines(out, 1_000_000, 1_000_000)) {
            progress.report("looking at files", 0, 1);
            final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (said().lines().count() < 2 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }
        assertTrue(said().lines().count() >= 2, said());
        assertTrue(said().startsWith("t1: looking at files: 0 of 1, "), said());
    }

    @Test
    void aStepOfLessThanTheQuietTimeSaysNothing() {
        try (TerminalProgress progress = TerminalProgress.ofLines(out, TimeUnit.HOURS.toNanos(1), 1)) {
            progress.report("reading observations", 0, 2);
            progress.report("reading observations", 1, 2);
        }
        assertEquals("", said());
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
