package io.t1.bench.rows;

import io.t1.bench.peers.aeron.AeronPeer;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.codec.client.AsyncT1Client;
import java.util.ArrayList;
import java.util.List;

/** Requests a second through shared memory, pipelined by the client library, beside an echo over Aeron IPC. */
final class AeronRow implements BenchRow {
    private static final Reach REACH = new Reach.AtLeastTimes(1);
    private static final int DEPTH = 64;

    @Override
    public String name() {
        return "aeron";
    }

    @Override
    public String title() {
        return "shared memory, pipelined " + DEPTH + " deep, beside an echo over Aeron IPC";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        if (!run.cores().apart()) {
            return List.of(BenchResult.skipped(
                    "aeron", "requests/s", REACH, "two processors and taskset are needed to spin on both ends"));
        }
        final List<Double> ours = new ArrayList<>();
        try (RingSidecar server = RingSidecar.start(run);
                AsyncT1Client client = server.connect(DEPTH)) {
            final RingPipeline pipeline = new RingPipeline(client);
            final var _ = pipeline.perSecond(run.effort().warmupMs());
            for (int i = 0; i < run.effort().runs(); i++) {
                ours.add(pipeline.perSecond(run.effort().runMs()));
            }
        }
        try (AeronPeer aeron = AeronPeer.start(run)) {
            return List.of(BenchResult.against(
                            "aeron",
                            "requests/s",
                            new Figure(ours),
                            "Aeron IPC echo, as many in flight, messages of our sizes",
                            aeron.requestsPerSecond(DEPTH),
                            REACH)
                    .with(RingSidecar.NOTE));
        }
    }
}
