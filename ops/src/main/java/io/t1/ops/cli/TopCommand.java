package io.t1.ops.cli;

import io.t1.codec.client.T1Client;
import io.t1.ops.BadInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 top}. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Shows a sidecar's figures live, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {"  t1 top --socket /run/t1.sock", "  t1 top --socket /run/t1.sock --count 10 --json"})
final class TopCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String ALTERNATE_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String MAIN_SCREEN = "\u001b[?25h\u001b[?1049l";

    @Mixin
    private SocketOptions sidecar;

    @Option(
            names = "--interval-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Time between two looks, 100 or more (default: ${DEFAULT-VALUE}).")
    private int intervalMs;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "Looks to take before it ends; 0: no end (default: ${DEFAULT-VALUE}).")
    private int count;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (intervalMs < 100) {
            throw new BadInputException("--interval-ms=" + intervalMs + " < 100");
        }
        final boolean redraws = !output.json() && "1".equals(System.getenv("T1_STDOUT_TERMINAL"));
        final PrintWriter out = spec.commandLine().getOut();
        try (T1Client client = sidecar.connect()) {
            String stats = client.stats(); // before the screen is taken: an unreachable sidecar is told on the main one
            if (redraws) {
                out.print(ALTERNATE_SCREEN);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    System.out.print(MAIN_SCREEN);
                    System.out.flush();
                }));
            }
            for (int look = 1; ; look++) {
                show(stats, redraws, out);
                if (look == count || Thread.currentThread().isInterrupted()) {
                    return ExitCode.DONE;
                }
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(intervalMs));
                stats = client.stats();
            }
        }
    }

    private void show(final String stats, final boolean redraws, final PrintWriter out) {
        if (output.json()) {
            out.println(stats.strip());
        } else {
            final StringWriter text = new StringWriter();
            StatsView.of(stats).print(new PrintWriter(text, true));
            out.print((redraws ? HOME_AND_CLEAR : "") + text + (redraws ? "" : System.lineSeparator()));
        }
        out.flush();
    }
}
