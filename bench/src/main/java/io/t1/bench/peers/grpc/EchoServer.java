package io.t1.bench.peers.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ServerCalls;
import io.t1.bench.peers.PayloadSizes;
import io.t1.bench.peers.PeerProcess;

/** A gRPC server with one event loop that answers on it. */
final class EchoServer {
    private EchoServer() {}

    /** Serves on the socket named first. */
    public static void main(final String[] args) throws Exception {
        final byte[] response = new byte[PayloadSizes.RESPONSE];
        final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
        final Server server = NettyServerBuilder.forAddress(new DomainSocketAddress(args[0]))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .directExecutor()
                .addService(ServerServiceDefinition.builder("t1.Echo")
                        .addMethod(Echo.METHOD, ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(response);
                            observer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        PeerProcess.serveUntilEnded();
        server.shutdownNow();
    }
}
