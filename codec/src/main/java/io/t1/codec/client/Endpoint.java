package io.t1.codec.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a sidecar listens.
 *
 * @param address of a Unix domain socket, or of a loopback interface.
 */
record Endpoint(SocketAddress address) {
    /** What {@code sun_path} holds on Linux, its closing zero apart. */
    private static final int MAX_PATH_BYTES = 107;

    static Endpoint ofSocketPath(final Path path) {
        final int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw new IllegalArgumentException("socketPath length=" + bytes + " > " + MAX_PATH_BYTES + " bytes: \""
                    + path + "\"; a Unix socket can't have such a path, choose a shorter one");
        }
        return new Endpoint(UnixDomainSocketAddress.of(path));
    }

    static Endpoint ofTcpAddress(final String hostAndPort) {
        final int colon = hostAndPort.lastIndexOf(':');
        final int port = colon < 1 ? -1 : port(hostAndPort.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "tcpAddress=\"" + hostAndPort + "\" isn't host:port with a port of 1..65535");
        }
        try {
            final InetAddress host = InetAddress.getByName(hostAndPort.substring(0, colon));
            if (!host.isLoopbackAddress()) {
                throw new IllegalArgumentException("tcpAddress=\"" + hostAndPort
                        + "\" isn't on the loopback interface: a sidecar serves its own machine only");
            }
            return new Endpoint(new InetSocketAddress(host, port));
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException("tcpAddress=\"" + hostAndPort + "\" names an unknown host", e);
        }
    }

    private static int port(final String text) {
        try {
            return Integer.parseInt(text);
        } catch (final NumberFormatException e) {
            return -1;
        }
    }

    /** A channel that doesn't block, its connection under way or made. */
    SocketChannel open() throws IOException {
        final boolean unix = address instanceof UnixDomainSocketAddress;
        final SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!unix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel.connect(address);
            return channel;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
