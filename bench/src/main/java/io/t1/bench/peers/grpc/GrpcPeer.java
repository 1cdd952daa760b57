package io.t1.bench.peers.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.t1.bench.peers.PayloadSizes;
import io.t1.bench.peers.PeerProcess;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * gRPC-Java's unary call on a Unix socket, messages as long as ours: each client is a channel with as many calls in
 * flight as our pipeline is deep, all on one event loop.
 */
public final class GrpcPeer implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;
    private static final long NS_PER_MS = 1_000_000;

    private final BenchRun run;
    private final PeerProcess server;
    private final Path socket;
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);

    private GrpcPeer(final BenchRun run, final PeerProcess server, final Path socket) {
        this.run = run;
        this.server = server;
        this.socket = socket;
    }

    /** Starts a server. */
    public static GrpcPeer start(final BenchRun run) throws IOException {
        final Path folder = run.folder("g");
        final Path socket = folder.resolve("g");
        return new GrpcPeer(run, PeerProcess.start(run, folder, EchoServer.class, List.of(socket.toString())), socket);
    }

    /** Calls a second, of as many runs as the effort asks for, after one that warms it up. */
    public Figure requestsPerSecond(final int clients, final int depth) {
        final AtomicLong answered = new AtomicLong();
        final List<ManagedChannel> channels = new ArrayList<>();
        final Calls calls = new Calls(answered);
        try {
            for (int i = 0; i < clients; i++) {
                final ManagedChannel channel = NettyChannelBuilder.forAddress(
                                new DomainSocketAddress(socket.toString()))
                        .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                        .eventLoopGroup(loop)
                        .directExecutor()
                        .usePlaintext()
                        .overrideAuthority("t1")
                        .build();
                channels.add(channel);
                for (int call = 0; call < depth; call++) {
                    calls.next(channel);
                }
            }
            LockSupport.parkNanos(run.effort().warmupMs() * NS_PER_MS);
            final List<Double> runs = new ArrayList<>();
            for (int i = 0; i < run.effort().runs(); i++) {
                final long before = answered.get();
                final long begun = System.nanoTime();
                LockSupport.parkNanos(run.effort().runMs() * NS_PER_MS);
                runs.add((answered.get() - before) * NS_PER_SECOND / (System.nanoTime() - begun));
            }
            calls.requireClean();
            return new Figure(runs);
        } finally {
            calls.end();
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** Each answer makes the next call. */
    private static final class Calls {
        private final byte[] request = new byte[PayloadSizes.REQUEST];
        private final AtomicLong answered;
        private volatile boolean ended;
        private volatile Status failure = Status.OK;

        Calls(final AtomicLong answered) {
            this.answered = answered;
        }

        void next(final ManagedChannel channel) {
            ClientCalls.asyncUnaryCall(
                    channel.newCall(Echo.METHOD, CallOptions.DEFAULT), request, new StreamObserver<>() {
                        @Override
                        public void onNext(final byte[] response) {
                            answered.incrementAndGet();
                        }

                        @Override
                        public void onError(final Throwable t) {
                            if (!ended) {
                                failure = Status.fromThrowable(t);
                            }
                        }

                        @Override
                        public void onCompleted() {
                            if (!ended) {
                                next(channel);
                            }
                        }
                    });
        }

        void end() {
            ended = true;
        }

        void requireClean() {
            if (!failure.isOk()) {
                throw new IllegalStateException("a gRPC call failed: " + failure);
            }
        }
    }

    @Override
    public void close() {
        final var _ = loop.shutdownGracefully();
        server.close();
    }
}
