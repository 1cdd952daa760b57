package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RingFrames;
import io.t1.codec.ring.RingIdle;
import io.t1.codec.wire.RingMapping;
import io.t1.codec.wire.RingOpenedDecoder;
import io.t1.codec.wire.RingWaiting;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that write anything into their rings, at any time, or cut the file short: nobody else notices. */
@Timeout(120)
class RingAbuseIT {
    private static final int ROUNDS = 40;
    private static final int SCRIBBLES = 2_000;

    @TempDir
    Path directory;

    private final RingFrames rings = new RingFrames();

    @Test
    void aScribblingClientHarmsNobodyElse() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory, context -> context.ringIdle(RingIdle.BACKOFF).eventLoops(1))) {
            server.publish(1);
            final Path socket = server.sidecar().address();
            try (T1Client honest = RingIT.ringClient(socket, RingIdle.BACKOFF)) {
                assertEquals(TransportChoice.RING, honest.transport(), honest.lastError());
                final Decision decision = new Decision();
                int ended = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    try (RawClient raw = RawClient.greeted(socket)) {
                        final Path file = open(raw);
                        try (FileChannel channel =
                                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                            scribble(channel.map(MapMode.READ_WRITE, 0, channel.size()), round, raw);
                        }
                        honest.decide(new float[4], decision);
                        assertFalse(decision.degraded(), "round " + round + ": " + decision);
                    }
                }
                Tests.await(
                        "all but one ring to be taken back",
                        () -> RingIT.stats(server).open() == 1);
                ended += (int) RingIT.stats(server).closed();
                assertEquals(ROUNDS, ended);
                honest.decide(new float[4], decision);
                assertFalse(decision.degraded(), decision::toString);
                assertEquals(TransportChoice.RING, honest.transport(), "its ring was never touched");
                assertTrue(RingIT.stats(server).requests() > ROUNDS);
            }
        }
    }

    /** Valid requests at first, so that scribbles meet a server that reads; then anything, mostly words of the rings. */
    private static void scribble(final MappedByteBuffer mapped, final long seed, final RawClient raw)
            throws IOException {
        final Random random = new Random(seed);
        mapped.order(ByteOrder.LITTLE_ENDIAN);
        final byte[] hello = raw.helloFrame(TableKey.DEFAULT);
        mapped.put(648, hello);
        mapped.putInt(640, hello.length);
        final byte[] frame = raw.decideFrame(5, 1);
        for (int i = 0; i < SCRIBBLES; i++) {
            final int slot = 640 + 128 * random.nextInt(40);
            switch (random.nextInt(6)) {
                case 0 -> mapped.putInt(slot, random.nextInt());
                case 1 -> mapped.putInt(slot, -1);
                case 2 -> mapped.putLong(128 * random.nextInt(5), random.nextLong());
                case 3 -> mapped.put(random.nextInt(mapped.capacity()), (byte) random.nextInt());
                default -> {
                    mapped.put(slot + 8, frame);
                    if (random.nextBoolean()) {
                        mapped.put(slot + 8 + random.nextInt(frame.length), (byte) random.nextInt());
                    }
                    mapped.putInt(slot, frame.length);
                    mapped.put(slot + 8 + random.nextInt(frame.length), (byte) random.nextInt());
                }
            }
        }
    }

    @Test
    void aFileCutShortEndsItsRingAlone() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                directory, context -> context.ringIdle(RingIdle.BUSY_SPIN).eventLoops(1))) {
            server.publish(1);
            final Path socket = server.sidecar().address();
            try (T1Client honest = RingIT.ringClient(socket, RingIdle.BACKOFF);
                    RawClient raw = RawClient.greeted(socket)) {
                final Decision decision = new Decision();
                final Path file = open(raw);
                for (int i = 0; i < 20_000; i++) { // so that the code which is interrupted is compiled
                    honest.decide(new float[4], decision);
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                Tests.await("the ring to end", () -> {
                    honest.decide(new float[4], decision);
                    return RingIT.stats(server).open() == 1;
                });
                for (int i = 0; i < 1_000; i++) {
                    honest.decide(new float[4], decision);
                    assertFalse(decision.degraded(), decision::toString);
                }
                assertEquals(TransportChoice.RING, honest.transport(), honest.lastError());
                try (T1Client late = RingIT.ringClient(socket, RingIdle.BACKOFF)) {
                    assertEquals(TransportChoice.RING, late.transport(), late.lastError());
                }
            }
        }
    }

    /** Opens a ring as a client would, and leaves its file its name. */
    private Path open(final RawClient raw) throws IOException {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        raw.send(bytes(buffer, rings.openRing(buffer, 0, 9, RingWaiting.SLEEPS)));
        RawClient.Reply reply = raw.read();
        while (reply.kind() == MessageKind.WAKE) {
            reply = raw.read();
        }
        assertEquals(MessageKind.RING_OPENED, reply.kind(), reply::toString);
        final var opened = new RingOpenedDecoder()
                .wrap(
                        new UnsafeBuffer(reply.bytes()),
                        FrameDescriptor.BODY_OFFSET,
                        RingOpenedDecoder.BLOCK_LENGTH,
                        RingOpenedDecoder.SCHEMA_VERSION);
        return Path.of(opened.path());
    }

    @Test
    void ringMessagesOutOfTurnAreRefused() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            try (RawClient raw = RawClient.greeted(server.sidecar().address())) {
                raw.send(bytes(buffer, rings.ringMapped(buffer, 0, 3, RingMapping.MAPPED)));
                assertEquals(MessageKind.ERROR, raw.read().kind());
                raw.send(bytes(buffer, rings.wake(buffer, 0))); // nothing to wake, no reply
                open(raw);
                raw.send(bytes(buffer, rings.openRing(buffer, 0, 10, RingWaiting.POLLS)));
                assertEquals(MessageKind.ERROR, raw.read().kind(), "a second ring");
                raw.send(bytes(buffer, rings.ringMapped(buffer, 0, 9, RingMapping.UNREACHABLE)));
                Tests.await(
                        "the ring to be taken back", () -> RingIT.stats(server).open() == 0);
                // counted as closed first, then its file goes
                Tests.await("its file to go", () -> RingIT.files(RingIT.rings(directory)) == 0);
            }
        }
    }

    private static byte[] bytes(final ExpandableArrayBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
