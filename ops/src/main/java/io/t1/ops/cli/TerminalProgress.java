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
 * Draws {@link Progress} on standard error: a bar on a terminal, else a line every five seconds, also of a step that reports
 * nothing for longer than that.
 *
 * <p>A step that ends within two seconds prints nothing. Threading: any; a thread of its own draws what isn't reported anew.
 */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final long REDRAW_MILLIS = 200;

    private final PrintStream out;
    private final boolean terminal;
    private final long quietNanos;
    private final long lineNanos;
    private String step = "";
    private long done;
    private long total;
    private long startedAt;
    private long lastLineAt;
    private @Nullable ProgressBar bar;
    private boolean closed;

    private TerminalProgress(
            final PrintStream out, final boolean terminal, final long quietNanos, final long lineNanos) {
        this.out = out;
        this.terminal = terminal;
        this.quietNanos = quietNanos;
        this.lineNanos = lineNanos;
    }

    private static TerminalProgress started(final TerminalProgress progress) {
        Thread.ofPlatform().daemon().name("t1-progress").start(progress::redraw);
        return progress;
    }

    /** Lines on a stream that is no terminal. */
    static TerminalProgress ofLines(final PrintStream out, final long quietNanos, final long lineNanos) {
        return started(new TerminalProgress(out, false, quietNanos, lineNanos));
    }

    /** Progress on this process's standard error; the launcher says in {@code T1_STDERR_TERMINAL} what that is. */
    static TerminalProgress onStandardError() {
        return started(new TerminalProgress(
                System.err, "1".equals(System.getenv("T1_STDERR_TERMINAL")), QUIET_NANOS, LINE_NANOS));
    }

    @Override
    public synchronized void report(final String step, final long done, final long total) {
        final long now = System.nanoTime();
        if (!step.equals(this.step)) {
            finishBar();
            this.step = step;
            startedAt = now;
            lastLineAt = now - lineNanos + quietNanos;
        }
        this.done = done;
        this.total = total;
        show(now);
    }

    private void show(final long now) {
        if (now - startedAt < quietNanos) {
            return;
        }
        if (terminal) {
            draw(done, total, now);
        } else if (now - lastLineAt >= lineNanos) {
            lastLineAt = now;
            out.println(line(step, done, total, Duration.ofNanos(now - startedAt)));
        }
    }

    private synchronized void redraw() {
        try {
            while (!closed) {
                wait(REDRAW_MILLIS);
                if (!closed && !step.isEmpty()) {
                    show(System.nanoTime());
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; then nothing is drawn but what is reported
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
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
