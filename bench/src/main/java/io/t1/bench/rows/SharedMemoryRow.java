package io.t1.bench.rows;

import com.fasterxml.jackson.databind.JsonNode;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.Unavailable;
import io.t1.codec.client.T1Client;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One request in flight through shared memory by the client library, both ends spinning, beside two C processes that
 * spin on a cache line each. C runs once our server is gone: its ring thread would share the processor.
 */
final class SharedMemoryRow implements BenchRow {
    private static final Reach P50 = new Reach.AtMostTimes(4);
    private static final Reach P99 = new Reach.AtMost(2, "us");

    @Override
    public String name() {
        return "shm";
    }

    @Override
    public String title() {
        return "shared memory, one request in flight, both ends spinning";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        if (!run.cores().apart()) {
            return skipped("two processors and taskset are needed to spin on both ends");
        }
        try {
            final var _ = run.natives().program("pingpong_shm");
        } catch (final Unavailable e) {
            return skipped(e.what());
        }
        final Percentile p50 = new Percentile(50, "p50_ns");
        final Percentile p99 = new Percentile(99, "p99_ns");
        final Percentile p50InC = new Percentile(50, "p50_ns");
        final Percentile p99InC = new Percentile(99, "p99_ns");
        try (RingSidecar server = RingSidecar.start(run);
                T1Client client = server.connect()) {
            final ClientProbe probe = new ClientProbe(client);
            final var _ = probe.roundTrips(run.effort().warmupMs());
            for (int i = 0; i < run.effort().runs(); i++) {
                final Histogram ours = probe.roundTrips(run.effort().runMs());
                p50.add(ours);
                p99.add(ours);
            }
        }
        for (int i = 0; i < run.effort().runs(); i++) {
            final JsonNode inC = inC(run);
            p50InC.add(inC);
            p99InC.add(inC);
        }
        final String reference = "two C processes on a cache line each (pingpong_shm.c)";
        return List.of(
                BenchResult.against("shm-p50", "us", p50.figure(), reference, p50InC.figure(), P50)
                        .with(RingSidecar.NOTE),
                BenchResult.against("shm-p99", "us", p99.figure(), reference, p99InC.figure(), P99)
                        .with(RingSidecar.NOTE));
    }

    private static JsonNode inC(final BenchRun run) throws Exception {
        return run.natives()
                .run(
                        "pingpong_shm",
                        "--measure-ms",
                        Integer.toString(run.effort().runMs()),
                        "--server-cpu",
                        Integer.toString(run.cores().server()),
                        "--client-cpu",
                        Integer.toString(run.cores().client()));
    }

    private static List<BenchResult> skipped(final String why) {
        return List.of(BenchResult.skipped("shm-p50", "us", P50, why), BenchResult.skipped("shm-p99", "us", P99, why));
    }
}
