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
    private static final int[] CLIENTS = {8, 1};

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
        // eight clients first: what is compiled for them is what one needs, and a server has one processor to compile
        // on
        final List<Figure> ours = new ArrayList<>();
        try (SidecarUnderTest server = SidecarUnderTest.start(run, run.folder("p"), SteadyServer.flags())) {
            server.publish(RandomTable.standard());
            for (final int clients : CLIENTS) {
                ours.add(Throughput.of(
                        run,
                        context ->
                                new MaxThroughput(context).run().requireClean().requestsPerSecond(),
                        () -> new LoadContext(server.connector())
                                .clients(clients)
                                .inFlight(DEPTH)));
            }
        }
        final List<BenchResult> results = new ArrayList<>();
        try (RedisPeer redis = RedisPeer.start(run)) {
            for (int i = 0; i < CLIENTS.length; i++) {
                results.add(BenchResult.against(
                                line(CLIENTS[i]),
                                "requests/s",
                                ours.get(i),
                                redis.describe(),
                                redis.requestsPerSecond(CLIENTS[i], DEPTH),
                                REACH)
                        .with(SteadyServer.describe()));
            }
        } catch (final Unavailable e) {
            for (int i = 0; i < CLIENTS.length; i++) {
                results.add(BenchResult.skipped(line(CLIENTS[i]), "requests/s", REACH, e.what())
                        .with("T1 alone: " + ours.get(i).spread()));
            }
        }
        try (GrpcPeer peer = GrpcPeer.start(run)) {
            for (int i = 0; i < CLIENTS.length; i++) {
                results.add(BenchResult.against(
                        line(CLIENTS[i]) + "-grpc",
                        "requests/s",
                        ours.get(i),
                        GRPC,
                        peer.requestsPerSecond(CLIENTS[i], DEPTH),
                        GRPC_REACH));
            }
        }
        return results;
    }

    private static String line(final int clients) {
        return "pipelined-" + clients + (clients == 1 ? "-client" : "-clients");
    }
}
