package io.t1.bench.rows;

import io.t1.bench.reload.ReloadEffect;
import io.t1.bench.reload.ReloadMeasurement;
import io.t1.bench.reload.TableChanges;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * p99.9 under load with 100 hot reloads a second, beside the same load without.
 *
 * <p>The server has one processor to itself, as its parts that change tables do; the load and who publishes share the
 * other.
 */
final class ReloadRow implements BenchRow {
    private static final Reach REACH = new Reach.AtMostTimes(1.1);
    private static final int RATE = 20_000;
    private static final long SEGMENT_NS = 1_000_000_000L;
    /** Of each kind: the server's compilers still work after less. */
    private static final long WARMUP_NS = 2_500_000_000L;
    /** Of the changes asked for: a segment's last may not be acknowledged when its load ends. */
    private static final double LEAST_SHARE = 0.97;

    private static final double NS_PER_US = 1e3;

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public String title() {
        return "p99.9 at 20,000 requests a second with 100 hot reloads a second";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final ReloadEffect effect;
        try (SidecarUnderTest server = SidecarUnderTest.start(run, run.folder("h"), "--kernel", "lookup")) {
            effect = new ReloadMeasurement(server, RATE, SEGMENT_NS)
                    .run(TableChanges.Kind.PUBLISH, Math.max(2, run.effort().runs()), WARMUP_NS);
        }
        final BenchResult result = BenchResult.against(
                        "reload-p99.9",
                        "us",
                        inUs(effect.changingP999Ns()),
                        "the same load without reloads, segments of a second in turns",
                        inUs(effect.quietP999Ns()),
                        REACH)
                .with(String.format(
                        Locale.ROOT,
                        "all requests of a kind together: %.2f times; with reloads %s, without %s",
                        effect.pooledRatio(),
                        percentiles(effect.changingTotal()),
                        percentiles(effect.quietTotal())))
                .with(String.format(Locale.ROOT, "reloads made a second: %.1f", effect.changesPerSecond()))
                .with(
                        run.cores().apart()
                                ? "all of the server's threads on one processor, the load and who publishes on the other"
                                : "nothing pinned");
        return List.of(
                effect.changesPerSecond() >= LEAST_SHARE * ReloadMeasurement.CHANGES_PER_SECOND
                        ? result
                        : result.missed("fewer reloads than " + ReloadMeasurement.CHANGES_PER_SECOND + " a second"));
    }

    private static Figure inUs(final List<Double> nanos) {
        return new Figure(nanos.stream().map(ns -> ns / NS_PER_US).toList());
    }

    private static String percentiles(final Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.0f p99 %.0f p99.9 %.0f p99.99 %.0f us",
                nanos.getValueAtPercentile(50) / NS_PER_US,
                nanos.getValueAtPercentile(99) / NS_PER_US,
                nanos.getValueAtPercentile(99.9) / NS_PER_US,
                nanos.getValueAtPercentile(99.99) / NS_PER_US);
    }
}
