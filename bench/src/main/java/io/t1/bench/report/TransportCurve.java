package io.t1.bench.report;

import io.t1.bench.load.LatencyRecord;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.LoadResult;
import io.t1.bench.load.OneInFlight;
import io.t1.bench.load.Waiting;
import io.t1.bench.rows.ClientProbe;
import io.t1.bench.rows.RandomTable;
import io.t1.bench.rows.RingSidecar;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.codec.client.T1Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Percentiles of a round trip with one request in flight, by transport; each also as an {@code .hlog}. */
final class TransportCurve implements Curve {
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_US = 1e3;
    private static final double MOST_INVERSE = 1e5;
    private static final int POINTS_A_DECADE = 10;

    @Override
    public String name() {
        return "percentiles";
    }

    @Override
    public String title() {
        return "percentiles of a round trip, by transport";
    }

    @Override
    public List<Plot> measure(final BenchRun run) throws Exception {
        final List<Series> series = new ArrayList<>();
        for (final Waiting waiting : Waiting.values()) {
            if (waiting == Waiting.BLOCKING || run.cores().apart()) {
                series.add(socket(run, waiting));
            }
        }
        if (run.cores().apart()) {
            series.add(ring(run));
        }
        return List.of(new Plot(
                name(),
                "Round trip with one request in flight, by percentile",
                new Plot.Axis("percentile", Plot.Scale.PERCENTILE),
                new Plot.Axis("us", Plot.Scale.LOG),
                series));
    }

    private static Series socket(final BenchRun run, final Waiting waiting) throws Exception {
        final String name = waiting.name().toLowerCase(Locale.ROOT);
        try (SidecarUnderTest server = SidecarUnderTest.start(
                        run, run.folder(name), "--poll", waiting == Waiting.BLOCKING ? "block" : "spin");
                OneInFlight probe = new OneInFlight(
                        new LoadContext(server.publish(RandomTable.standard()).connector()), waiting)) {
            final var _ = probe.measure(run.effort().warmupMs() * NS_PER_MS);
            final LoadResult result = probe.measure(
                            (long) run.effort().runs() * run.effort().runMs() * NS_PER_MS)
                    .requireClean();
            result.latencies().write(ReportFiles.raw("uds-" + name + ".hlog"), "round trip, Unix socket, " + name);
            return percentiles("socket, " + name, result.histogram());
        }
    }

    /** By the client library, whose time is in it. */
    private static Series ring(final BenchRun run) throws Exception {
        try (RingSidecar server = RingSidecar.start(run);
                T1Client client = server.connect()) {
            final ClientProbe probe = new ClientProbe(client);
            final var _ = probe.roundTrips(run.effort().warmupMs());
            final LatencyRecord latencies =
                    probe.record((long) run.effort().runs() * run.effort().runMs());
            latencies.write(ReportFiles.raw("ring-spinning.hlog"), "round trip, ring in shared memory, spinning");
            return percentiles("ring, spinning", latencies.total());
        }
    }

    /** The curve of a histogram, as far as its samples tell. */
    static Series percentiles(final String name, final Histogram latencies) {
        final double most = Math.min(MOST_INVERSE, latencies.getTotalCount() / 10.0);
        final List<Series.Point> points = new ArrayList<>();
        for (int i = 0; Math.pow(10, (double) i / POINTS_A_DECADE) <= most; i++) {
            final double inverse = Math.pow(10, (double) i / POINTS_A_DECADE);
            points.add(new Series.Point(inverse, latencies.getValueAtPercentile(100 - 100 / inverse) / NS_PER_US));
        }
        return new Series(name, points);
    }
}
