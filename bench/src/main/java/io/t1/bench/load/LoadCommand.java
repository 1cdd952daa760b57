package io.t1.bench.load;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.ExitCode;
import io.t1.ops.cli.OutputOptions;
import io.t1.ops.cli.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 bench load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads a running sidecar and prints what its clients saw.",
            "",
            "--mode open sends on a schedule that no answer moves; a latency runs from when its request was due, so a"
                    + " stall is charged with all that should have been asked meanwhile (no coordinated omission)."
                    + " --mode probe keeps one request in flight; --mode max keeps --in-flight of them and counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 bench load --socket /run/t1.sock --rate 20000 --seconds 30 --hlog load.hlog",
            "  t1 bench load --socket /run/t1.sock --rate 5000 --arrivals poisson --clients 8 --batch 64",
            "  t1 bench load --socket /run/t1.sock --mode probe --wait blocking",
            "  taskset -c 1 t1 bench load --socket /run/t1.sock --mode max --clients 8 --in-flight 64",
            "",
            "Exit codes: 0 done, 1 answers were missing, wrong or degraded, 2 bad input or usage, 3 no sidecar there."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_US = 1e3;

    /** What decides when a request is sent. */
    private enum Mode {
        OPEN,
        PROBE,
        MAX
    }

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            defaultValue = "${env:T1_SOCKET:-t1-data/t1.sock}",
            description = "The sidecar's Unix socket (default: ${DEFAULT-VALUE}; T1_SOCKET).")
    private Path socket;

    @Option(
            names = "--key",
            paramLabel = "INDEX/REGION/LANGUAGE",
            defaultValue = "default/global/any",
            description = "The traffic whose table is asked (default: ${DEFAULT-VALUE}).")
    private String key;

    @Option(
            names = "--mode",
            paramLabel = "open|probe|max",
            defaultValue = "open",
            description = "What decides when a request is sent (default: ${DEFAULT-VALUE}).")
    private Mode mode;

    @Option(
            names = "--rate",
            paramLabel = "REQUESTS",
            defaultValue = "1000",
            description = "Requests a second of all clients together, in mode open (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--arrivals",
            paramLabel = "constant|poisson",
            defaultValue = "constant",
            description = "How they arrive, in mode open (default: ${DEFAULT-VALUE}).")
    private Arrivals arrivals;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "What is measured (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "What runs first and isn't counted (default: ${DEFAULT-VALUE}).")
    private double warmup;

    @Option(
            names = "--clients",
            paramLabel = "CONNECTIONS",
            defaultValue = "1",
            description = "Connections; mode probe has one (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--threads",
            paramLabel = "THREADS",
            defaultValue = "1",
            description = "Threads that they are spread over; each spins (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--batch",
            paramLabel = "QUERIES",
            defaultValue = "1",
            description = "Queries in a request, 1 to 1,024 (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--in-flight",
            paramLabel = "REQUESTS",
            defaultValue = "256",
            description =
                    "Most requests in flight on a connection, a power of two; those due past it are sent late, and"
                            + " counted as postponed (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = "--features",
            paramLabel = "floats|float_columns|codes|code_columns",
            defaultValue = "floats",
            description = "How features travel (default: ${DEFAULT-VALUE}).")
    private Features features;

    @Option(
            names = "--wait",
            paramLabel = "blocking|spinning",
            defaultValue = "spinning",
            description = "What the client does until its answer is there, in mode probe (default: ${DEFAULT-VALUE}).")
    private Waiting waiting;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Of features and of Poisson arrivals (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "Writes the latencies as an HdrHistogram log, an interval a second.")
    private @Nullable Path hlog;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        final LoadContext context = context();
        final LoadResult result;
        try {
            result = switch (mode) {
                case OPEN -> new OpenLoop(context, arrivals, rate).run();
                case MAX -> new MaxThroughput(context).run();
                case PROBE -> probe(context);
            };
        } catch (final IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println("t1 bench load: --socket=" + socket + ": " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
        if (hlog != null) {
            result.latencies().write(hlog, "t1 bench load, latency in us, mode " + mode);
        }
        print(result);
        return result.errors() + result.unanswered() + result.degraded() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private LoadContext context() {
        if (!Files.exists(socket)) {
            throw new BadInputException("--socket=" + socket + " doesn't exist");
        }
        try {
            return new LoadContext(waiting -> SocketPipe.connect(socket, waiting))
                    .tableKeys(List.of(TableKey.parse(key)))
                    .clients(clients)
                    .threads(threads)
                    .batch(batch)
                    .inFlight(inFlight)
                    .features(features)
                    .warmupNs((long) (warmup * NS_PER_SECOND))
                    .measureNs((long) (seconds * NS_PER_SECOND))
                    .seed(seed);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private LoadResult probe(final LoadContext context) throws IOException {
        try (OneInFlight probe = new OneInFlight(context, waiting)) {
            return probe.run();
        }
    }

    /** What {@code --json} prints; latencies in microseconds, null where none were timed. */
    private record Summary(
            long requests,
            double requestsPerSecond,
            double decisionsPerSecond,
            @Nullable Double p50Us,
            @Nullable Double p99Us,
            @Nullable Double p999Us,
            @Nullable Double maxUs,
            long postponed,
            long unanswered,
            long errors,
            long degraded) {}

    private void print(final LoadResult result) {
        final Histogram latencies = result.histogram();
        final boolean timed = latencies.getTotalCount() > 0;
        final Summary summary = new Summary(
                result.requests(),
                result.requestsPerSecond(),
                result.queriesPerSecond(),
                timed ? latencies.getValueAtPercentile(50) / NS_PER_US : null,
                timed ? latencies.getValueAtPercentile(99) / NS_PER_US : null,
                timed ? latencies.getValueAtPercentile(99.9) / NS_PER_US : null,
                timed ? latencies.getMaxValue() / NS_PER_US : null,
                result.postponed(),
                result.unanswered(),
                result.errors(),
                result.degraded());
        final PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            try {
                out.println(JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build()
                        .writeValueAsString(summary));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        final TextTable table = new TextTable("load", "")
                .row("requests a second", String.format(Locale.ROOT, "%,.0f", summary.requestsPerSecond))
                .row("decisions a second", String.format(Locale.ROOT, "%,.0f", summary.decisionsPerSecond));
        if (timed) {
            table.row("p50 us", us(latencies.getValueAtPercentile(50)))
                    .row("p99 us", us(latencies.getValueAtPercentile(99)))
                    .row("p99.9 us", us(latencies.getValueAtPercentile(99.9)))
                    .row("max us", us(latencies.getMaxValue()));
        }
        table.row("postponed by --in-flight", Long.toString(result.postponed()))
                .row("unanswered", Long.toString(result.unanswered()))
                .row("errors", Long.toString(result.errors()))
                .row("degraded", Long.toString(result.degraded()))
                .print(out);
    }

    private static String us(final long ns) {
        return String.format(Locale.ROOT, "%,.1f", ns / NS_PER_US);
    }
}
