package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.transport.TransportKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketIT {
    @TempDir
    Path directory;

    @Test
    void refusesASecondServerOnTheSameSocketAndTheFirstGoesOn() throws IOException {
        try (LiveSidecar first = LiveSidecar.start(directory)) {
            first.publish(1);
            final IOException refused = assertThrows(
                    IOException.class,
                    () -> LiveSidecar.start(directory, context -> context.data(directory.resolve("other"))));
            assertTrue(String.valueOf(refused.getMessage()).contains("a server listens on"), refused.getMessage());
            try (RawClient client = RawClient.greeted(first.sidecar().address())) {
                client.send(client.decideFrame(5, 1));
                assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind());
            }
        }
    }

    @Test
    void refusesASecondServerOnTheSameDataDirectory() throws IOException {
        try (LiveSidecar first = LiveSidecar.start(directory)) {
            assertTrue(Files.exists(first.sidecar().address()));
            final IOException refused = assertThrows(
                    IOException.class,
                    () -> LiveSidecar.start(directory, context -> context.socket(directory.resolve("other.sock"))));
            assertTrue(String.valueOf(refused.getMessage()).contains("--data"), refused.getMessage());
        }
    }

    @Test
    void letsOneOfTwoWinThatStartAtOnce() throws Exception {
        final List<Callable<LiveSidecar>> starts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            final Path data = directory.resolve("data" + i);
            starts.add(() -> LiveSidecar.start(directory, context -> context.data(data)));
        }
        final List<LiveSidecar> winners = new ArrayList<>();
        try (var both = Executors.newFixedThreadPool(2)) {
            for (final Future<LiveSidecar> start : both.invokeAll(starts)) {
                try {
                    winners.add(start.get());
                } catch (final ExecutionException e) {
                    assertInstanceOf(IOException.class, e.getCause());
                }
            }
            assertEquals(1, winners.size());
            try (RawClient client = RawClient.connect(directory.resolve("t1.sock"))) {
                client.send(client.listFrame(1));
                assertEquals(1, client.read().correlationId());
            }
        } finally {
            winners.forEach(LiveSidecar::close);
        }
    }

    @Test
    void replacesASocketThatADeadServerLeftBehind() throws IOException {
        final Path socket = directory.resolve("t1.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket), "the dead server leaves its socket");
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            assertEquals(1, server.publish(1));
        }
        assertFalse(Files.exists(socket), "a server that ends removes its socket");
    }

    @Test
    void refusesASocketThatAnotherProgramListensOn() throws IOException {
        final Path socket = directory.resolve("t1.sock");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            final IOException refused = assertThrows(IOException.class, () -> LiveSidecar.start(directory));
            assertTrue(String.valueOf(refused.getMessage()).contains("a server listens on"), refused.getMessage());
        }
    }

    @Test
    void neverDeletesWhatIsNoSocket() throws IOException {
        final Path socket = directory.resolve("t1.sock");
        Files.writeString(socket, "precious");
        final IOException refused = assertThrows(IOException.class, () -> LiveSidecar.start(directory));
        assertTrue(String.valueOf(refused.getMessage()).contains("is no socket"), refused.getMessage());
        assertEquals("precious", Files.readString(socket));
    }

    @Test
    void saysThatAPathIsTooLongForASocket() {
        final Path socket = directory.resolve("x".repeat(120));
        final IOException refused =
                assertThrows(IOException.class, () -> LiveSidecar.start(directory, context -> context.socket(socket)));
        assertTrue(String.valueOf(refused.getMessage()).contains("> 107"), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("--socket"), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void letsOwnerAndGroupConnectAndNobodyElse(final TransportKind transport) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.transport(transport))) {
            assertEquals(
                    "rw-rw----",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(server.sidecar().address())));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void tellsAPeerOfAnotherUserThatItMayNotConnect(final TransportKind transport) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                        directory, context -> context.transport(transport).allowedUsers(List.of("4294967294")));
                RawClient client = RawClient.connect(server.sidecar().address())) {
            final RawClient.Reply reply = client.read();
            assertEquals(ErrorCode.NOT_PERMITTED, reply.errorCode());
            assertTrue(reply.errorText().contains("--allow-users"), reply.errorText());
            assertThrows(EOFException.class, client::read);
        }
    }

    @Test
    void looksUpUsersByName() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory, context -> context.allowedUsers(List.of("root", System.getProperty("user.name"))))) {
            assertEquals(1, server.publish(1));
        }
        final IOException refused = assertThrows(
                IOException.class,
                () -> LiveSidecar.start(directory, context -> context.allowedUsers(List.of("no such user"))));
        assertTrue(String.valueOf(refused.getMessage()).contains("no such user"), refused.getMessage());
    }

    @Test
    void refusesMoreConnectionsThanItMayServe() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.maxConnections(1));
                RawClient first = RawClient.connect(server.sidecar().address())) {
            first.send(first.listFrame(1));
            assertEquals(1, first.read().correlationId());
            try (RawClient second = RawClient.connect(server.sidecar().address())) {
                assertEquals(ErrorCode.OVERLOADED, second.read().errorCode());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void servesLoopbackTcpBesidesWhenAsked(final TransportKind transport) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory,
                context ->
                        context.transport(transport).tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))) {
            server.publish(1);
            final InetSocketAddress address = server.sidecar().tcpAddress();
            if (address == null) {
                throw new AssertionError("no TCP address was bound");
            }
            try (RawClient client = RawClient.connect(address)) {
                client.hello(io.t1.codec.TableKey.DEFAULT);
                client.send(client.decideFrame(9, 3));
                assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind());
            }
        }
    }

    @Test
    void refusesToServeAnAddressThatOthersCanReach() {
        assertThrows(
                IllegalArgumentException.class, () -> new SidecarContext().tcp(new InetSocketAddress("0.0.0.0", 8402)));
    }
}
