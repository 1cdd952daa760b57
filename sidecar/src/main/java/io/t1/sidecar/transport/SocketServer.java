package io.t1.sidecar.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.t1.codec.poll.PollMode;
import io.t1.sidecar.SidecarContext;
import io.t1.sidecar.stats.ServerStats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event loops, listening sockets and connections.
 *
 * <p>Threading: {@link #bind}, {@link #stopAccepting}, {@link #drain} and {@link #close} by one thread at a time.
 */
public final class SocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
    private static final int BACKLOG = 256;
    private static final int MIN_READ_BYTES = 512;
    private static final int FIRST_READ_BYTES = 16 * 1024;
    private static final int MAX_READ_BYTES = 128 * 1024;
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final Transport transport;
    private final SidecarContext context;
    private final ServerParts parts;
    private final RingHost rings;
    private final EventLoopGroup group;
    private final Map<EventExecutor, DecisionLoop> loops = new HashMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> listening = new ArrayList<>();
    private final Admission admission;

    /**
     * Makes the event loops; {@link #bind} opens the sockets.
     *
     * @throws IOException if the loops can't be pinned as set; the message says why.
     */
    public SocketServer(
            final Transport transport,
            final SidecarContext context,
            final AllowedUsers users,
            final ServerParts parts,
            final RingHost rings,
            final ServerStats stats)
            throws IOException {
        this.transport = transport;
        this.context = context;
        this.parts = parts;
        this.rings = rings;
        admission = new Admission(users, connections, context.maxConnections());
        final Map<Executor, PollingIoHandler> handlers = new HashMap<>();
        group = new MultiThreadIoEventLoopGroup(
                context.eventLoops(),
                new LoopThreads(context.pinLoops()),
                polling(
                        transport.ioHandlers().get(),
                        context.poll(),
                        () -> !parts.controlThread().isIdle(),
                        handlers));
        final long now = System.currentTimeMillis();
        final long seed = context.explorationSeed() == 0 ? now : context.explorationSeed();
        for (final EventExecutor executor : group) {
            loops.put(
                    executor,
                    new DecisionLoop(
                            Objects.requireNonNull(handlers.get(executor)),
                            loops.size(),
                            now,
                            seed,
                            context.maxBacklogQueries(),
                            parts.served().epochs(),
                            stats.newLoop()));
        }
    }

    private static IoHandlerFactory polling(
            final IoHandlerFactory transport,
            final PollMode mode,
            final BooleanSupplier coreWanted,
            final Map<Executor, PollingIoHandler> made) {
        return executor -> {
            final PollingIoHandler handler = new PollingIoHandler(transport.newHandler(executor), mode, coreWanted);
            made.put(executor, handler);
            return handler;
        };
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException if one can't be bound; the message names it.
     */
    public void bind(final SocketFile socket) throws IOException {
        listening.add(bind(
                transport.unixServer(),
                transport.unixAddress(socket.path()),
                socket.path().toString()));
        socket.restrict();
        final InetSocketAddress tcp = context.tcp();
        if (tcp != null) {
            listening.add(bind(transport.tcpServer(), tcp, "--tcp=" + tcp));
        }
    }

    private Channel bind(final Class<? extends ServerChannel> type, final SocketAddress address, final String name)
            throws IOException {
        final var acceptor = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(context.writeLowBytes(), context.writeHighBytes()))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel);
                    }
                });
        final ChannelFuture bound = acceptor.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "can't listen on " + name + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private void accept(final Channel channel) {
        connections.add(channel);
        final DecisionLoop loop = loops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("a channel of another server's event loop");
        }
        channel.pipeline().addLast(new Connection(parts, rings, admission, loop));
    }

    /** The TCP address bound, or null without one: tells the port when any was asked for. */
    public @Nullable InetSocketAddress tcpAddress() {
        for (final Channel channel : listening) {
            if (channel.localAddress() instanceof final InetSocketAddress address) {
                return address;
            }
        }
        return null;
    }

    /** Closes the listening sockets; connections stay. */
    public void stopAccepting() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        listening.clear();
    }

    /** From here on every new request is refused with DRAINING; what came before is answered. */
    public void drain() {
        if (group.isShuttingDown()) {
            return;
        }
        loops.forEach((executor, loop) -> {
            final var _ = executor.submit(loop::drain);
        });
        rings.drain();
    }

    /** Connections open now. */
    public int connections() {
        return connections.size();
    }

    /** Closes connections and event loops. Twice is harmless. */
    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly(CLOSE_TIMEOUT_MS);
        group.shutdownGracefully(0, CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_TIMEOUT_MS);
        if (!group.isTerminated()) {
            LOG.error("event loops didn't end within {} ms", CLOSE_TIMEOUT_MS);
        }
        loops.values().forEach(DecisionLoop::close);
    }
}
