package io.t1.bench.rows;

import io.t1.bench.load.LoadContext;
import io.t1.bench.load.MaxThroughput;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import java.util.ArrayList;
import java.util.List;

/**
 * What histograms and counters cost: requests of one query, pipelined, where there is the least else to pay for. Two
 * servers, one with recording and one without, are asked in turns, so that a machine that gets slower does so for both.
 */
final class RecordingRow implements BenchRow {
    private static final Reach SHARE = new Reach.AtMost(2, "%");
    private static final Reach NANOS = new Reach.AtMost(30, "ns");
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final long LEAST_MS = 150;
    private static final int DEPTH = 64;
    private static final int PAIRS_A_RUN = 12;

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public String title() {
        return "recording histograms and counters, beside the same path without";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final List<Double> shares = new ArrayList<>();
        final List<Double> nanos = new ArrayList<>();
        try (SidecarUnderTest with = SidecarUnderTest.start(run, run.folder("w"));
                SidecarUnderTest without = SidecarUnderTest.start(run, run.folder("o"), "--record", "off")) {
            with.publish(RandomTable.standard());
            without.publish(RandomTable.standard());
            final long warmupMs = run.effort().warmupMs();
            final var _ = nsPerRequest(with, warmupMs);
            final var _ = nsPerRequest(without, warmupMs);
            final long ms = Math.max(LEAST_MS, run.effort().runMs() / PAIRS_A_RUN);
            for (int i = 0; i < PAIRS_A_RUN * run.effort().runs(); i++) {
                final double on = nsPerRequest(with, ms);
                final double off = nsPerRequest(without, ms);
                shares.add(100 * (on - off) / off);
                nanos.add(on - off);
            }
        }
        return List.of(
                BenchResult.alone("recording-share", "%", new Figure(shares), SHARE),
                BenchResult.alone("recording-ns", "ns", new Figure(nanos), NANOS)
                        .with("one query a request, " + DEPTH + " in flight: a decision's share in batches is less"));
    }

    private static double nsPerRequest(final SidecarUnderTest server, final long ms) throws Exception {
        return NS_PER_SECOND
                / new MaxThroughput(new LoadContext(server.connector())
                                .inFlight(DEPTH)
                                .warmupNs(ms * NS_PER_MS / 10)
                                .measureNs(ms * NS_PER_MS))
                        .run()
                        .requireClean()
                        .requestsPerSecond();
    }
}
