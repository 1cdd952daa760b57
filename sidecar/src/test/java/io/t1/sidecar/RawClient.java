package io.t1.sidecar;

import io.t1.codec.TableKey;
import io.t1.codec.frame.DecideRequestFrame;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RequestFrames;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.ErrorDecoder;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.codec.wire.HelloAckDecoder;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client that sends any bytes and reads whole frames: for what a well-behaved one never does. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
    private final RequestFrames requests = new RequestFrames();
    private final FrameVerifier verifier = new FrameVerifier();
    private long featureSetId;
    private long quantiserId;
    private long handle;

    private RawClient(final SocketChannel channel) {
        this.channel = channel;
    }

    static RawClient connect(final Path socket) throws IOException {
        return connect(UnixDomainSocketAddress.of(socket));
    }

    static RawClient connect(final SocketAddress address) throws IOException {
        return new RawClient(SocketChannel.open(address));
    }

    /** Connects and says hello. */
    static RawClient greeted(final Path socket) throws IOException {
        final RawClient client = connect(socket);
        client.hello(TableKey.DEFAULT);
        return client;
    }

    void hello(final TableKey key) throws IOException {
        send(helloFrame(key));
        final Reply reply = read();
        if (reply.kind() != MessageKind.HELLO_ACK) {
            throw new IOException("hello: " + reply);
        }
        final var ack = new HelloAckDecoder()
                .wrap(new UnsafeBuffer(reply.bytes()), FrameDescriptor.BODY_OFFSET, HelloAckDecoder.BLOCK_LENGTH, 0);
        handle = ack.tableHandle();
        featureSetId = ack.featureSetId();
        quantiserId = ack.quantiserId();
    }

    byte[] helloFrame(final TableKey key) {
        return bytes(requests.hello(frame, 0, 1, key, "raw"));
    }

    byte[] publishFrame(final long correlationId, final byte[] table) {
        return bytes(requests.publish(frame, 0, correlationId, PublishRole.ACTIVATE, table));
    }

    byte[] rollbackFrame(final long correlationId, final TableKey key) {
        return bytes(requests.rollback(frame, 0, correlationId, key, RollbackTarget.BASELINE));
    }

    byte[] listFrame(final long correlationId) {
        return bytes(requests.listTables(frame, 0, correlationId));
    }

    byte[] statsFrame(final long correlationId) {
        return bytes(requests.statsRequest(frame, 0, correlationId));
    }

    /** A batch of float32 queries, all features 0.5, deadline 0. */
    byte[] decideFrame(final long correlationId, final int queries) {
        return decideFrame(correlationId, queries, 0, 0);
    }

    /** The same with a deadline, and with the ids of the feature set and quantiser off by {@code stale}. */
    byte[] decideFrame(final long correlationId, final int queries, final long deadlineMicros, final long stale) {
        final var request = new DecideRequestFrame()
                .wrap(
                        frame,
                        0,
                        queries,
                        RandomTables.FEATURES,
                        FeatureEncoding.FLOAT32,
                        BatchLayout.ROWS,
                        DecideRequestFrame.Scores.ABSENT)
                .correlationId(correlationId)
                .table(handle, featureSetId + stale, quantiserId + stale)
                .deadlineMicros(deadlineMicros);
        for (int i = 0; i < queries * RandomTables.FEATURES; i++) {
            request.feature(i, 0.5f);
        }
        return bytes(request.length());
    }

    /** A batch of one-byte codes, feature by feature. */
    byte[] codesFrame(final long correlationId, final byte[] codes, final long stale) {
        final var request = new DecideRequestFrame()
                .wrap(
                        frame,
                        0,
                        codes.length / RandomTables.FEATURES,
                        RandomTables.FEATURES,
                        FeatureEncoding.CODES,
                        BatchLayout.COLUMNS,
                        DecideRequestFrame.Scores.ABSENT)
                .correlationId(correlationId)
                .table(handle, featureSetId, quantiserId + stale)
                .deadlineMicros(0);
        for (int i = 0; i < codes.length; i++) {
            request.code(i, codes[i]);
        }
        return bytes(request.length());
    }

    void send(final byte[] bytes) throws IOException {
        final ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Writes without waiting; returns how many bytes the socket took. */
    int trySend(final byte[] bytes) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.write(ByteBuffer.wrap(bytes));
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** The next frame; EOFException when the server has closed. */
    Reply read() throws IOException {
        final byte[] prefix = readFully(FrameDescriptor.PREFIX_LENGTH);
        final int length =
                ByteBuffer.wrap(prefix).order(FrameDescriptor.BYTE_ORDER).getInt();
        final byte[] whole = Arrays.copyOf(prefix, prefix.length + length);
        System.arraycopy(readFully(length), 0, whole, prefix.length, length);
        final FrameVerdict verdict = verifier.verify(new UnsafeBuffer(whole), 0, whole.length);
        if (verdict != FrameVerdict.VALID) {
            throw new IOException("the server sent " + verifier.reason());
        }
        return new Reply(verifier.kind(), verifier.correlationId(), whole);
    }

    private byte[] readFully(final int length) throws IOException {
        final ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("closed by the server");
            }
        }
        return in.array();
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        frame.getBytes(0, bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A frame of the server. */
    record Reply(MessageKind kind, long correlationId, byte[] bytes) {
        ErrorCode errorCode() {
            return kind == MessageKind.ERROR ? error().code() : ErrorCode.NULL_VAL;
        }

        String errorText() {
            return kind == MessageKind.ERROR ? error().text() : "";
        }

        DecideResponseDecoder decisions() {
            return new DecideResponseDecoder()
                    .wrap(
                            new UnsafeBuffer(bytes),
                            FrameDescriptor.BODY_OFFSET,
                            DecideResponseDecoder.BLOCK_LENGTH,
                            DecideResponseDecoder.SCHEMA_VERSION);
        }

        private ErrorDecoder error() {
            return new ErrorDecoder()
                    .wrap(
                            new UnsafeBuffer(bytes),
                            FrameDescriptor.BODY_OFFSET,
                            ErrorDecoder.BLOCK_LENGTH,
                            ErrorDecoder.SCHEMA_VERSION);
        }

        @Override
        public String toString() {
            return kind + " " + correlationId + " " + errorCode() + " " + errorText();
        }
    }
}
