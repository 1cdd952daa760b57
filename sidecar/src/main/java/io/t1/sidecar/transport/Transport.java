package io.t1.sidecar.transport;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * One way to talk to the system, resolved: what to make event loops and channels of, and why it was chosen.
 *
 * @param kind never {@link TransportKind#AUTO}.
 * @param reason for the log.
 * @param ioHandlers of the event loops.
 * @param unixServer makes a server channel for Unix sockets.
 * @param tcpServer makes one for TCP.
 */
public record Transport(
        TransportKind kind,
        String reason,
        Supplier<IoHandlerFactory> ioHandlers,
        Class<? extends ServerChannel> unixServer,
        Class<? extends ServerChannel> tcpServer) {
    /**
     * Resolves a setting.
     *
     * @throws IOException if this system hasn't what was asked for by name; the message has the cause.
     */
    public static Transport of(final TransportKind wanted) throws IOException {
        return switch (wanted) {
            case AUTO ->
                Epoll.isAvailable()
                        ? epoll("the lowest median measured for one frame in flight")
                        : nio("no epoll here: " + cause(Epoll.unavailabilityCause()));
            case EPOLL -> {
                require("epoll", Epoll.unavailabilityCause());
                yield epoll("as set");
            }
            case IO_URING -> {
                require("io_uring", IoUring.unavailabilityCause());
                yield new Transport(
                        TransportKind.IO_URING,
                        "as set",
                        IoUringIoHandler::newFactory,
                        IoUringServerDomainSocketChannel.class,
                        IoUringServerSocketChannel.class);
            }
            case NIO -> nio("as set");
        };
    }

    private static Transport epoll(final String reason) {
        return new Transport(
                TransportKind.EPOLL,
                reason,
                EpollIoHandler::newFactory,
                EpollServerDomainSocketChannel.class,
                EpollServerSocketChannel.class);
    }

    private static Transport nio(final String reason) {
        return new Transport(
                TransportKind.NIO,
                reason,
                NioIoHandler::newFactory,
                NioServerDomainSocketChannel.class,
                NioServerSocketChannel.class);
    }

    private static void require(final String name, final @Nullable Throwable unavailable) throws IOException {
        if (unavailable != null) {
            throw new IOException(
                    "--transport=" + name + " isn't available here (" + cause(unavailable) + "): use auto",
                    unavailable);
        }
    }

    private static String cause(final @Nullable Throwable unavailable) {
        Throwable root = unavailable;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null ? "unknown" : String.valueOf(root.getMessage());
    }

    /** The address to bind a Unix socket to. */
    SocketAddress unixAddress(final Path path) {
        return kind == TransportKind.NIO ? UnixDomainSocketAddress.of(path) : new DomainSocketAddress(path.toString());
    }

    /**
     * The user at the other end of a Unix socket.
     *
     * @throws IOException if the system doesn't tell.
     */
    static long peerUid(final Channel channel) throws IOException {
        if (channel instanceof final DomainSocketChannel unix) {
            return switch (unix) {
                case EpollDomainSocketChannel epoll -> epoll.peerCredentials().uid() & 0xFFFF_FFFFL;
                case IoUringDomainSocketChannel uring -> uring.peerCredentials().uid() & 0xFFFF_FFFFL;
                default -> throw new IOException("no peer credentials from " + unix.getClass());
            };
        }
        final var peer = channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
        if (peer == null) {
            throw new IOException("no peer credentials from " + channel.getClass());
        }
        return AllowedUsers.uid(peer.user().getName());
    }
}
