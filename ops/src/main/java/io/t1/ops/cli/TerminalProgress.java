package io.t1.ops.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Draws {@link Progress} on standard error: a bar on a terminal, else a line every five seconds.
 *
 * <p>A step that ends within two seconds prints nothing. Threading: any.
 */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private String step = "";
    private long startedAt;
    private long lastLineAt;
    private @Nullable ProgressBar bar;

    private TerminalProgress(final PrintStream out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Progress on this process's standard error; the launcher says in {@code T1_STDERR_TERMINAL} what that is. */
    static TerminalProgress onStandardError() {
        return new TerminalProgress(System.err, "1".equals(System.getenv("T1_STDERR_TERMINAL")));
    }

    @Override
    public synchronized void report(final String step, final long done, final long total) {
        final long now = System.nanoTime();
        if (!step.equals(this.step)) {
            finishBar();
            this.step = step;
            startedAt = now;
            lastLineAt = now - LINE_NANOS + QUIET_NANOS;
        }
        if (now - startedAt < QUIET_NANOS) {
            return;
        }
        if (terminal) {
            draw(done, total, now);
        } else if (now - lastLineAt >= LINE_NANOS) {
            lastLineAt = now;
            out.println(line(step, done, total, Duration.ofNanos(now - startedAt)));
        }
    }

    @Override
    public synchronized void close() {
        finishBar();
    }

    private void draw(final long done, final long total, final long now) {
        ProgressBar bar = this.bar;
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(step)
                    .setInitialMax(total > 0 ? total : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .startsFrom(done, Duration.ofNanos(now - startedAt))
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .build();
            this.bar = bar;
        }
        bar.stepTo(done);
    }

    private void finishBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private static String line(final String step, final long done, final long total, final Duration elapsed) {
        final String amount = total > 0
                ? String.format(Locale.ROOT, "%,d of %,d", done, total)
                : String.format(Locale.ROOT, "%,d", done);
        return "t1: " + step + ": " + amount + ", " + elapsed.toSeconds() + " s";
    }
}
