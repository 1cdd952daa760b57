package io.t1.bench.report;

import io.t1.bench.load.Arrivals;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.MaxThroughput;
import io.t1.bench.load.OpenLoop;
import io.t1.bench.rows.RandomTable;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.bench.suite.SteadyServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latency as load rises, by an open loop: Poisson arrivals of one-query requests on four connections. */
final class LoadCurve implements Curve {
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_US = 1e3;
    private static final int CLIENTS = 4;
    private static final int[] REQUESTS_PER_SECOND = {
        1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 125_000, 150_000, 200_000
    };
    private static final double SATURATED = 0.98;

    @Override
    public String name() {
        return "latency-by-load";
    }

    @Override
    public String title() {
        return "latency against load";
    }

    @Override
    public List<Plot> measure(final BenchRun run) throws Exception {
        final Series p50 = new Series("p50", new ArrayList<>());
        final Series p99 = new Series("p99", new ArrayList<>());
        final Series p999 = new Series("p99.9", new ArrayList<>());
        final StallsAlone machine = new StallsAlone(run, 99);
        machine.watch();
        try (SidecarUnderTest server = SidecarUnderTest.start(run, run.folder("l"), SteadyServer.flags())) {
            server.publish(RandomTable.standard());
            final var _ =
                    new MaxThroughput(context(server).measureNs(run.effort().mostWarmupMs() * NS_PER_MS)).run();
            for (final int rate : REQUESTS_PER_SECOND) {
                final long lengthNs = 2L * run.effort().runMs() * NS_PER_MS;
                final Histogram latencies = new OpenLoop(
                                context(server).measureNs(lengthNs).warmupNs(lengthNs / 4), Arrivals.POISSON, rate)
                        .run()
                        .requireClean()
                        .histogram();
                run.say()
                        .accept(String.format(
                                Locale.ROOT,
                                "%,d requests/s: p50 %.1f us, p99 %.1f us",
                                rate,
                                latencies.getValueAtPercentile(50) / NS_PER_US,
                                latencies.getValueAtPercentile(99) / NS_PER_US));
                p50.points().add(new Series.Point(rate, latencies.getValueAtPercentile(50) / NS_PER_US));
                p99.points().add(new Series.Point(rate, latencies.getValueAtPercentile(99) / NS_PER_US));
                p999.points().add(new Series.Point(rate, latencies.getValueAtPercentile(99.9) / NS_PER_US));
                if (latencies.getValueAtPercentile(50) > SATURATED * lengthNs / 4) {
                    break; // what is asked can't be answered: the queue only grows
                }
            }
        }
        machine.watch();
        final Series alone =
                machine.series(REQUESTS_PER_SECOND[0], p99.points().getLast().x());
        return List.of(new Plot(
                name(),
                "Latency against load, one query a request, Poisson arrivals",
                new Plot.Axis("requests a second", Plot.Scale.LOG),
                new Plot.Axis("us from when a request was due", Plot.Scale.LOG),
                List.of(p50, p99, p999, alone)));
    }

    private static LoadContext context(final SidecarUnderTest server) {
        return new LoadContext(server.connector()).clients(CLIENTS).inFlight(1024);
    }
}
