package io.t1.bench.rows;

import io.t1.bench.load.LoadContext;
import io.t1.bench.load.MaxThroughput;
import io.t1.bench.peers.RedisPeer;
import io.t1.bench.peers.grpc.GrpcPeer;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.bench.suite.SteadyServer;
import io.t1.bench.suite.Unavailable;
import java.util.ArrayList;
import java.util.List;

/** Requests a second over a Unix socket, pipelined, by 1 and 8 clients; beside Redis GET at the same depth. */
final class PipelinedRow implements BenchRow {
    private static final Reach REACH = new Reach.AtLeastTimes(3);
    private static final Reach GRPC_REACH = new Reach.AtLeastTimes(1);
    private static final String GRPC = "gRPC-Java unary echo, as many calls in flight, messages of our sizes";
    private static final int DEPTH = 64;

    @Override
    public String name() {
        return "pipelined";
    }

    @Override
    public String title() {
        return "Unix socket, pipelined " + DEPTH + " deep, 1 and 8 clients, beside Redis GET";
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final List<BenchResult> results = new ArrayList<>();
        for (final int clients : new int[] {1, 8}) {
            final String line = "pipelined-" + clients + (clients == 1 ? "-client" : "-clients");
            final Figure ours;
            try (SidecarUnderTest server =
                    SidecarUnderTest.start(run, run.folder("p" + clients), SteadyServer.flags())) {
                server.publish(RandomTable.standard());
                ours = Throughput.of(
                        run,
                        context ->
                                new MaxThroughput(context).run().requireClean().requestsPerSecond(),
                        () -> new LoadContext(server.connector())
                                .clients(clients)
                                .inFlight(DEPTH));
            }
            final Figure grpc;
            try (GrpcPeer peer = GrpcPeer.start(run)) {
                grpc = peer.requestsPerSecond(clients, DEPTH);
            }
            try (RedisPeer redis = RedisPeer.start(run)) {
                results.add(BenchResult.against(
                                line,
                                "requests/s",
                                ours,
                                redis.describe(),
                                redis.requestsPerSecond(clients, DEPTH),
                                REACH)
                        .with(SteadyServer.describe()));
                results.add(BenchResult.against(line + "-grpc", "requests/s", ours, GRPC, grpc, GRPC_REACH));
            } catch (final Unavailable e) {
                results.add(
                        BenchResult.skipped(line, "requests/s", REACH, e.what()).with("T1 alone: " + ours.spread()));
            }
        }
        return results;
    }
}
