package io.t1.bench.rows;

import io.t1.bench.load.Features;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.MaxThroughput;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.bench.suite.SteadyServer;
import java.util.List;

/** Batches of 64 over a Unix socket: decisions a second of the one processor that the server has. */
final class BatchRow implements BenchRow {
    private static final Reach REACH = new Reach.AtLeast(20e6, "decisions/s");
    private static final int BATCH = 64;
    private static final int CLIENTS = 4;
    private static final int IN_FLIGHT = 16;

    @Override
    public String name() {
        return "batch64";
    }

    @Override
    public String title() {
        return "Unix socket, batches of 64, decisions a second of the server's one processor";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        try (SidecarUnderTest server = SidecarUnderTest.start(run, run.folder("b"), SteadyServer.flags())) {
            server.publish(RandomTable.standard());
            final String how =
                    CLIENTS + " connections, " + IN_FLIGHT + " batches in flight on each; " + SteadyServer.describe();
            // floats first: what both share is compiled by then, on the one processor that the server has
            final BenchResult floats = BenchResult.alone(
                            "batch64-floats", "decisions/s", decisions(run, server, Features.FLOATS), REACH)
                    .with("float32, query by query, which the server quantises; " + how);
            final BenchResult codes = BenchResult.alone(
                            "batch64", "decisions/s", decisions(run, server, Features.CODE_COLUMNS), REACH)
                    .with("codes, feature by feature; " + how);
            return List.of(codes, floats);
        }
    }

    private static Figure decisions(final BenchRun run, final SidecarUnderTest server, final Features features)
            throws Exception {
        return Throughput.of(
                run,
                context -> new MaxThroughput(context).run().requireClean().queriesPerSecond(),
                () -> new LoadContext(server.connector())
                        .features(features)
                        .clients(CLIENTS)
                        .batch(BATCH)
                        .inFlight(IN_FLIGHT));
    }
}
