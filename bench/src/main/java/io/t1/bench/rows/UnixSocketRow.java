package io.t1.bench.rows;

import com.fasterxml.jackson.databind.JsonNode;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.OneInFlight;
import io.t1.bench.load.Waiting;
import io.t1.bench.peers.PayloadSizes;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.bench.suite.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One request in flight over a Unix socket, beside the same bytes sent to and fro by a C program that decides nothing.
 *
 * <p>A virtual machine wakes a sleeping processor in one of several speeds, which stay for seconds and which its host
 * chooses, not who runs here: C alone has medians of 32, 42 and 70 us. So short blocks of both are measured side by
 * side, on the same two processors, in the order C, ours, ours, C, and so on, the server of ours idle while C runs; the
 * ratio is the median of the pairs' ratios. A pair across a change of speed is far off in either direction, and the
 * median doesn't see it. The order doesn't favour whoever comes second.
 */
final class UnixSocketRow implements BenchRow {
    private static final long NS_PER_MS = 1_000_000;
    /** Blocking, a second holds some ten thousand requests: what they run takes this long to be compiled. */
    private static final int BLOCKING_WARMUP_MS = 6_000;
    /** Short beside the seconds for which the machine keeps its pace, and still thousands of requests. */
    private static final int BLOCK_MS = 300;
    /** Of the C program, in each block: it starts anew each time. */
    private static final int BLOCK_WARMUP_MS = 100;

    private static final int BLOCKING_PAIRS = 24;
    private static final int SPINNING_PAIRS = 10;

    private final Waiting waiting;

    UnixSocketRow(final Waiting waiting) {
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "uds-" + waiting.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return "Unix socket, one request in flight, both ends " + waiting.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        if (waiting == Waiting.SPINNING && !run.cores().apart()) {
            return skipped("two processors and taskset are needed to spin on both ends");
        }
        try {
            final var _ = run.natives().program("pingpong_unix");
        } catch (final Unavailable e) {
            return skipped(e.what());
        }
        final Percentile p50 = new Percentile(50, "p50_ns");
        final Percentile p99 = new Percentile(99, "p99_ns");
        final Percentile p50InC = new Percentile(50, "p50_ns");
        final Percentile p99InC = new Percentile(99, "p99_ns");
        final List<BenchResult> results = new ArrayList<>();
        try (SidecarUnderTest server = SidecarUnderTest.start(run, run.folder("u"), flags());
                OneInFlight probe = new OneInFlight(
                        new LoadContext(server.publish(RandomTable.standard()).connector()), waiting)) {
            final var _ = probe.measure(warmupMs(run.effort()) * NS_PER_MS);
            for (int pair = 0; pair < pairs(run.effort()); pair++) {
                final JsonNode inC;
                final Histogram ours;
                if (pair % 2 == 0) {
                    inC = inC(run);
                    ours = block(probe, run);
                } else {
                    ours = block(probe, run);
                    inC = inC(run);
                }
                p50InC.add(inC);
                p99InC.add(inC);
                p50.add(ours);
                p99.add(ours);
            }
        }
        final String reference = "the same bytes in C, " + (waiting == Waiting.BLOCKING ? "blocking" : "spinning")
                + " (pingpong_unix.c)";
        results.add(BenchResult.paired(name() + "-p50", "us", p50.figure(), reference, p50InC.figure(), p50Reach()));
        results.add(BenchResult.paired(name() + "-p99", "us", p99.figure(), reference, p99InC.figure(), P99_REACH));
        return waiting == Waiting.BLOCKING ? results : List.of(results.getFirst());
    }

    private static final Reach P99_REACH = new Reach.AtMostTimes(1.3);

    private int warmupMs(final Effort effort) {
        return effort.equals(Effort.SMOKE) || waiting == Waiting.SPINNING
                ? effort.warmupMs()
                : Math.max(effort.warmupMs(), BLOCKING_WARMUP_MS);
    }

    private int pairs(final Effort effort) {
        if (effort.equals(Effort.SMOKE)) {
            return effort.runs();
        }
        final int most = waiting == Waiting.BLOCKING ? BLOCKING_PAIRS : SPINNING_PAIRS;
        return effort.equals(Effort.FULL) ? 2 * most : most;
    }

    private static int blockMs(final Effort effort) {
        return Math.min(effort.runMs(), BLOCK_MS);
    }

    private static Histogram block(final OneInFlight probe, final BenchRun run) {
        return probe.measure(blockMs(run.effort()) * NS_PER_MS).requireClean().histogram();
    }

    private Reach p50Reach() {
        return new Reach.AtMostTimes(waiting == Waiting.BLOCKING ? 1.15 : 1.5);
    }

    private String[] flags() {
        return new String[] {"--poll", waiting == Waiting.BLOCKING ? "block" : "spin"};
    }

    private List<BenchResult> skipped(final String why) {
        final BenchResult p50 = BenchResult.skipped(name() + "-p50", "us", p50Reach(), why);
        return waiting == Waiting.BLOCKING
                ? List.of(p50, BenchResult.skipped(name() + "-p99", "us", P99_REACH, why))
                : List.of(p50);
    }

    private JsonNode inC(final BenchRun run) throws Exception {
        final List<String> words = new ArrayList<>(List.of(
                "--request", Integer.toString(PayloadSizes.REQUEST),
                "--response", Integer.toString(PayloadSizes.RESPONSE),
                "--measure-ms", Integer.toString(blockMs(run.effort())),
                "--warmup-ms", Integer.toString(BLOCK_WARMUP_MS),
                "--server-cpu", Integer.toString(run.cores().server()),
                "--client-cpu", Integer.toString(run.cores().client())));
        if (waiting == Waiting.SPINNING) {
            words.add("--spin");
        }
        return run.natives().run("pingpong_unix", words.toArray(new String[0]));
    }
}
