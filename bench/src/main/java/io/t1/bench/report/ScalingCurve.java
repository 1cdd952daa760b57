package io.t1.bench.report;

import io.t1.bench.load.Arrivals;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.MaxThroughput;
import io.t1.bench.load.OpenLoop;
import io.t1.bench.peers.RedisPeer;
import io.t1.bench.rows.RandomTable;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.MappedFolder;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.bench.suite.SteadyServer;
import io.t1.bench.suite.Unavailable;
import io.t1.codec.TableKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Decisions a second when the server is asked all it answers, and p99 by an open loop at a quarter of that (50,000
 * requests a second at most; the median of several runs), as one thing about the load grows and the rest stays: one client, one query a request, 8
 * features, one table. Tables are asked by ten clients, since a connection may name 1,024; the server's data lie in
 * memory, since publishing ten thousand tables would wait for a disk three times each.
 */
final class ScalingCurve implements Curve {
    /** What grows. */
    enum Dimension {
        /** Connections. */
        CLIENTS("clients"),
        /** Queries in a request. */
        BATCH("queries in a request"),
        /** Features of the table. */
        FEATURES("features"),
        /** Tables asked in turn. */
        TABLES("tables");

        private final String label;

        Dimension(final String label) {
            this.label = label;
        }

        private int[] steps() {
            return switch (this) {
                case CLIENTS -> new int[] {1, 2, 4, 8, 16, 32, 64};
                case BATCH -> new int[] {1, 4, 16, 64, 256, 1_024};
                case FEATURES -> new int[] {1, 2, 4, 8, 16};
                case TABLES -> new int[] {1, 10, 100, 1_000, 10_000};
            };
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_SECOND = 1e9;
    private static final double P99 = 99;
    private static final int RUNS = 3;
    private static final int DEPTH = 64;
    private static final int MOST_WAITING = 1_024;
    private static final int TABLE_CLIENTS = 10;
    private static final double OPEN_LOOP_SHARE = 4;
    /**
     * The open loop writes each request by itself and looks at each connection in turn: past some 200,000 a second, and
     * sooner with many connections, it would measure the generator.
     */
    private static final double MOST_OPEN_LOOP = 50_000;

    private final Dimension dimension;

    ScalingCurve(final Dimension dimension) {
        this.dimension = dimension;
    }

    @Override
    public String name() {
        return "scaling-" + dimension.word();
    }

    @Override
    public String title() {
        return "decisions a second and p99 against " + dimension.label;
    }

    @Override
    public List<Plot> measure(final BenchRun run) throws Exception {
        final List<Series.Point> decisions = new ArrayList<>();
        final List<Series.Point> p99 = new ArrayList<>();
        final List<Series.Point> nanos = new ArrayList<>();
        final StallsAlone machine = new StallsAlone(run, P99);
        machine.watch();
        // one server, so that every point but the first finds it compiled
        try (MappedFolder data = MappedFolder.of(run);
                SidecarUnderTest server = SidecarUnderTest.start(run, data.path(), flags())) {
            int published = 0;
            for (final int value : dimension.steps()) {
                publish(server, published, value);
                if (published == 0) {
                    warmUp(run, server, value);
                }
                published = value;
                measure(run, server, value, decisions, p99);
            }
        }
        machine.watch();
        for (final Series.Point point : decisions) {
            nanos.add(new Series.Point(point.x(), NS_PER_SECOND / point.y()));
        }
        final Plot.Axis x = new Plot.Axis(dimension.label, Plot.Scale.LOG);
        final List<Series> throughputs = new ArrayList<>(List.of(new Series("T1", decisions)));
        if (dimension == Dimension.CLIENTS) {
            redis(run, throughputs);
        }
        final List<Plot> plots = new ArrayList<>();
        plots.add(new Plot(
                "throughput-by-" + dimension.word(),
                "Decisions a second against " + dimension.label,
                x,
                new Plot.Axis("decisions a second", dimension == Dimension.BATCH ? Plot.Scale.LOG : Plot.Scale.LINEAR),
                throughputs));
        plots.add(new Plot(
                "p99-by-" + dimension.word(),
                "p99 at a quarter of that load, at most 50,000 requests/s, against " + dimension.label,
                x,
                new Plot.Axis("us from when a request was due", Plot.Scale.LINEAR),
                List.of(
                        new Series("T1", p99),
                        machine.series(p99.getFirst().x(), p99.getLast().x()))));
        if (dimension == Dimension.BATCH) {
            plots.add(new Plot(
                    "ns-by-batch",
                    "Server and socket time a decision against batch size",
                    x,
                    new Plot.Axis("ns a decision", Plot.Scale.LOG),
                    List.of(new Series("T1", nanos))));
        }
        return plots;
    }

    private void measure(
            final BenchRun run,
            final SidecarUnderTest server,
            final int value,
            final List<Series.Point> decisions,
            final List<Series.Point> p99)
            throws Exception {
        final double perSecond = most(run, server, value);
        final double tail = p99(run, server, value, perSecond);
        decisions.add(new Series.Point(value, perSecond));
        p99.add(new Series.Point(value, tail));
        run.say()
                .accept(String.format(
                        Locale.ROOT,
                        "%,d %s: %,.0f decisions/s, p99 %.1f us",
                        value,
                        dimension.label,
                        perSecond,
                        tail));
    }

    /** Both ways of loading: what the client compiles while it measures stands on its own processor's time. */
    private void warmUp(final BenchRun run, final SidecarUnderTest server, final int value) throws Exception {
        final long throughputNs = run.effort().mostWarmupMs() * NS_PER_MS;
        final long paceNs = run.effort().warmupMs() * NS_PER_MS;
        final var _ = new MaxThroughput(context(server, value).measureNs(throughputNs)).run();
        final var _ = new OpenLoop(
                        context(server, value).inFlight(MOST_WAITING).measureNs(paceNs),
                        Arrivals.POISSON,
                        MOST_OPEN_LOOP / OPEN_LOOP_SHARE)
                .run();
    }

    private String[] flags() {
        return dimension == Dimension.TABLES ? SteadyServer.flagsForManyTables() : SteadyServer.flags();
    }

    private void publish(final SidecarUnderTest server, final int published, final int value) {
        if (dimension == Dimension.TABLES) {
            server.publishAll(keys(value).subList(published, value).stream()
                    .map(RandomTable::ofKey)
                    .toList());
        } else {
            server.publish(dimension == Dimension.FEATURES ? RandomTable.ofFeatures(value) : RandomTable.standard());
        }
    }

    private static List<TableKey> keys(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TableKey("index" + i, "global", "any"))
                .toList();
    }

    private LoadContext context(final SidecarUnderTest server, final int value) {
        final LoadContext context = new LoadContext(server.connector()).inFlight(DEPTH);
        return switch (dimension) {
            case CLIENTS -> context.clients(value);
            case BATCH -> context.batch(value).inFlight(Math.max(2, DEPTH / value * 4));
            case FEATURES -> context;
            case TABLES -> context.clients(TABLE_CLIENTS).tableKeys(keys(value));
        };
    }

    private double most(final BenchRun run, final SidecarUnderTest server, final int value) throws Exception {
        final double[] runs = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            final long warmupMs =
                    i == 0 ? run.effort().warmupMs() : run.effort().runMs() / 10;
            runs[i] = new MaxThroughput(context(server, value)
                            .warmupNs(warmupMs * NS_PER_MS)
                            .measureNs(run.effort().runMs() * NS_PER_MS))
                    .run()
                    .requireClean()
                    .queriesPerSecond();
        }
        return new Figure(Arrays.stream(runs).boxed().toList()).median();
    }

    private double p99(final BenchRun run, final SidecarUnderTest server, final int value, final double decisions)
            throws Exception {
        final double requests =
                Math.min(MOST_OPEN_LOOP, decisions / (dimension == Dimension.BATCH ? value : 1) / OPEN_LOOP_SHARE);
        final double[] runs = new double[run.effort().runs()];
        for (int i = 0; i < runs.length; i++) {
            final long lengthNs = 2L * run.effort().runMs() * NS_PER_MS / runs.length;
            final LoadContext context = context(server, value)
                    .inFlight(MOST_WAITING)
                    .warmupNs(lengthNs / 4)
                    .measureNs(lengthNs);
            runs[i] = new OpenLoop(context, Arrivals.POISSON, requests)
                            .run()
                            .requireClean()
                            .histogram()
                            .getValueAtPercentile(P99)
                    / NS_PER_US;
        }
        return Figure.of(runs).median();
    }

    private void redis(final BenchRun run, final List<Series> throughputs) throws Exception {
        final List<Series.Point> points = new ArrayList<>();
        try (RedisPeer redis = RedisPeer.start(run)) {
            for (final int clients : dimension.steps()) {
                points.add(new Series.Point(
                        clients, redis.requestsPerSecond(clients, DEPTH).median()));
            }
            throughputs.add(new Series("Redis GET", points));
        } catch (final Unavailable e) {
            run.say().accept("without Redis: " + e.what());
        }
    }
}
