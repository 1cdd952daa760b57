package io.t1.bench.rows;

import io.t1.bench.load.LoadContext;
import io.t1.bench.load.PipelinedLoad;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Numbers;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What histograms and counters cost: requests of one query, pipelined, where there is the least else to pay for. Two
 * servers, one with recording and one without, are asked in turns of some milliseconds on connections that stay: on, off,
 * off, on, so that a machine that gets slower does so for both, and the median of many such fours leaves out those in which
 * something else ran. Neither polls: the one that waits would spin on the other's processor.
 */
final class RecordingRow implements BenchRow {
    private static final Reach SHARE = new Reach.AtMost(2, "%");
    private static final Reach NANOS = new Reach.AtMost(30, "ns");
    private static final long NS_PER_MS = 1_000_000;
    private static final int DEPTH = 64;
    private static final int FOURS_A_RUN = 25;
    /** Parts of a run's time that a turn takes. */
    private static final int TURN_PARTS = 30;
    /** Of a turn's time, the part that goes before and isn't counted: the server wakes, and what was in flight had waited. */
    private static final int FIRST_PARTS = 10;

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
        try (SidecarUnderTest with = SidecarUnderTest.start(run, run.folder("w"), "--poll", "block");
                SidecarUnderTest without =
                        SidecarUnderTest.start(run, run.folder("o"), "--poll", "block", "--record", "off");
                PipelinedLoad on = load(with);
                PipelinedLoad off = load(without)) {
            final double warmOn = on.nsPerRequest(run.effort().warmupMs() * NS_PER_MS);
            final double warmOff = off.nsPerRequest(run.effort().warmupMs() * NS_PER_MS);
            run.say().accept("warming up: " + Numbers.text(warmOn) + " and " + Numbers.text(warmOff) + " ns a request");
            final long turnNs = run.effort().runMs() * NS_PER_MS / TURN_PARTS;
            for (int i = 0; i < run.effort().runs(); i++) {
                oneRun(on, off, turnNs, shares, nanos);
            }
        }
        return List.of(
                BenchResult.alone("recording-share", "%", new Figure(shares), SHARE),
                BenchResult.alone("recording-ns", "ns", new Figure(nanos), NANOS)
                        .with("one query a request, " + DEPTH + " in flight: a decision's share in batches is less")
                        .with("each run the median of " + FOURS_A_RUN + " times on, off, off, on"));
    }

    private static void oneRun(
            final PipelinedLoad on,
            final PipelinedLoad off,
            final long turnNs,
            final List<Double> shares,
            final List<Double> nanos) {
        final List<Double> foursShares = new ArrayList<>();
        final List<Double> foursNanos = new ArrayList<>();
        for (int i = 0; i < FOURS_A_RUN; i++) {
            final double first = turn(on, turnNs);
            final double without = (turn(off, turnNs) + turn(off, turnNs)) / 2;
            final double with = (first + turn(on, turnNs)) / 2;
            foursShares.add(100 * (with - without) / without);
            foursNanos.add(with - without);
        }
        shares.add(new Figure(foursShares).median());
        nanos.add(new Figure(foursNanos).median());
    }

    private static double turn(final PipelinedLoad load, final long turnNs) {
        load.run(turnNs / FIRST_PARTS);
        return load.nsPerRequest(turnNs);
    }

    private static PipelinedLoad load(final SidecarUnderTest server) throws IOException {
        server.publish(RandomTable.standard());
        return new PipelinedLoad(new LoadContext(server.connector()).inFlight(DEPTH));
    }
}
