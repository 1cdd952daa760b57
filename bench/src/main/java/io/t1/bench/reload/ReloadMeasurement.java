package io.t1.bench.reload;

import io.t1.bench.load.Arrivals;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.LoadResult;
import io.t1.bench.load.OpenLoop;
import io.t1.bench.load.SocketPipe;
import io.t1.bench.start.LaunchedServer;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Loads a server at a constant rate, without and with changes of its table, in turn.
 *
 * <p>Threading: one thread.
 */
public final class ReloadMeasurement {
    private static final int CHANGES_PER_SECOND = 100;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long READY_NS = 20 * SECOND;
    private static final long SEEDS_A_RUN = 1_000_000;

    private final Path launcher;
    private final Path folder;
    private final int rate;
    private final long runNs;

    /**
     * @param folder of the server, empty.
     * @param rate requests a second.
     * @param runNs length of a run.
     */
    public ReloadMeasurement(final Path launcher, final Path folder, final int rate, final long runNs) {
        this.launcher = launcher;
        this.folder = folder;
        this.rate = rate;
        this.runNs = runNs;
    }

    /** Runs so many pairs of a quiet run and one under publishes, after a warm-up of each sort. */
    public List<ReloadEffect> run(final int pairs) throws IOException, InterruptedException {
        return run(TableChanges.Kind.PUBLISH, pairs);
    }

    /** Runs so many pairs, after a warm-up of each sort. */
    List<ReloadEffect> run(final TableChanges.Kind kind, final int pairs) throws IOException, InterruptedException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client client = T1Client.connect(server.client())) {
            server.awaitControl(client, READY_NS);
            client.publish(TableChanges.table(1), PublishRole.ACTIVATE);
            client.publish(TableChanges.table(2), PublishRole.ACTIVATE);
            load(server);
            changing(server, client, kind, 0);
            final List<ReloadEffect> effects = new ArrayList<>();
            for (int pair = 1; pair <= pairs; pair++) {
                final LoadResult quiet = load(server);
                effects.add(changing(server, client, kind, pair).beside(quiet));
            }
            return effects;
        }
    }

    private LoadResult load(final LaunchedServer server) throws IOException, InterruptedException {
        final LoadContext context = new LoadContext(waiting -> SocketPipe.connect(server.socket(), waiting))
                .warmupNs(0)
                .measureNs(runNs);
        return new OpenLoop(context, Arrivals.CONSTANT, rate).run();
    }

    private Changing changing(
            final LaunchedServer server, final T1Client client, final TableChanges.Kind kind, final int run)
            throws IOException, InterruptedException {
        final int most = (int) (2 * CHANGES_PER_SECOND * runNs / SECOND);
        final TableChanges changes = new TableChanges(client, kind, CHANGES_PER_SECOND, 3 + run * SEEDS_A_RUN, most);
        final long begun = System.nanoTime();
        try (changes) {
            final LoadResult result = load(server);
            return new Changing(result, changes.made() * (double) SECOND / (System.nanoTime() - begun));
        }
    }

    private record Changing(LoadResult result, double changesPerSecond) {
        ReloadEffect beside(final LoadResult quiet) {
            return new ReloadEffect(changesPerSecond, p999(quiet), p999(result));
        }

        private static long p999(final LoadResult result) {
            return result.histogram().getValueAtPercentile(99.9);
        }
    }

    /** Prints a line a pair: {@code [publish|activate [pairs [rate [seconds]]]]}. */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final TableChanges.Kind kind =
                TableChanges.Kind.valueOf((args.length > 0 ? args[0] : "publish").toUpperCase(Locale.ROOT));
        final int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        final int rate = args.length > 2 ? Integer.parseInt(args[2]) : 5_000;
        final long runNs = SECOND * (args.length > 3 ? Integer.parseInt(args[3]) : 5);
        final Path folder = Files.createTempDirectory("t1-reload");
        final var measurement = new ReloadMeasurement(LaunchedServer.launcher(), folder, rate, runNs);
        for (final ReloadEffect effect : measurement.run(kind, pairs)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %.1f/s: p99.9 quiet %.1f us, changing %.1f us, ratio %.2f%n",
                    kind,
                    effect.changesPerSecond(),
                    effect.quietP999Ns() / 1e3,
                    effect.changingP999Ns() / 1e3,
                    effect.ratio());
        }
    }
}
