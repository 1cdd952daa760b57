package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import io.t1.codec.TableKey;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFramesIT {
    @TempDir
    Path directory;

    private LiveSidecar server;
    private long buffersBefore;

    @BeforeEach
    void start() throws IOException {
        buffersBefore = buffers();
        server = LiveSidecar.start(directory);
        server.publish(1);
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals(buffersBefore, buffers(), "pooled buffers that were not given back");
    }

    private static long buffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(arena -> arena.numActiveAllocations())
                .sum();
    }

    @Test
    void tellsThatAFrameIsTooLongAndCloses() throws IOException {
        try (RawClient client = RawClient.greeted(server.sidecar().address())) {
            client.send(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((1 << 20) + 1)
                    .array());
            final RawClient.Reply reply = client.read();
            assertEquals(ErrorCode.FRAME_TOO_LONG, reply.errorCode());
            assertTrue(reply.errorText().contains("1048577"), reply.errorText());
            assertThrows(EOFException.class, client::read);
        }
    }

    @Test
    void answersAMessageThatItDoesNotKnowAndGoesOn() throws IOException {
        try (RawClient client = RawClient.greeted(server.sidecar().address())) {
            final byte[] unknown = client.listFrame(77);
            unknown[6] = 99;
            client.send(unknown);
            final RawClient.Reply reply = client.read();
            assertEquals(ErrorCode.UNKNOWN_MESSAGE, reply.errorCode());
            assertEquals(77, reply.correlationId());
            client.send(client.decideFrame(78, 1));
            assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind());
        }
    }

    @ParameterizedTest
    @CsvSource({"featureSetId, 1", "quantiserId, 2"})
    void tellsThatFeaturesWereMadeForAnotherTable(final String what, final int which) throws IOException {
        try (RawClient client = RawClient.greeted(server.sidecar().address())) {
            client.send(which == 1 ? client.decideFrame(5, 1, 0, 1) : client.codesFrame(5, new byte[8], 1));
            final RawClient.Reply reply = client.read();
            assertEquals(ErrorCode.STALE_FEATURES, reply.errorCode(), what);
            assertEquals(5, reply.correlationId());
            client.send(client.codesFrame(6, new byte[8], 0));
            assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind(), what);
        }
    }

    @Test
    void refusesAHandleThatNoHelloGave() throws IOException {
        try (RawClient client = RawClient.connect(server.sidecar().address())) {
            client.send(client.decideFrame(5, 1));
            assertEquals(ErrorCode.UNKNOWN_TABLE, client.read().errorCode());
        }
    }

    @Test
    void tellsWhichTableIsMissing() throws IOException {
        try (RawClient client = RawClient.connect(server.sidecar().address())) {
            client.send(client.helloFrame(new TableKey("other", "eu", "de")));
            final RawClient.Reply reply = client.read();
            assertEquals(ErrorCode.UNKNOWN_TABLE, reply.errorCode());
            assertTrue(reply.errorText().contains("other/eu/de"), reply.errorText());
        }
    }

    @Test
    void reportsARequestWhoseDeadlinePassedBeforeItsTurn() throws IOException {
        try (RawClient client = RawClient.greeted(server.sidecar().address())) {
            // 300 batches of 1,024 in one write: the turn of the last comes later than a microsecond after its arrival
            final byte[] batch = client.decideFrame(1, 1024);
            final byte[] late = client.decideFrame(2, 1, 1, 0);
            final byte[] bytes = Arrays.copyOf(batch, batch.length + late.length);
            System.arraycopy(late, 0, bytes, batch.length, late.length);
            client.send(bytes);
            assertEquals(MessageKind.DECIDE_RESPONSE, client.read().kind());
            assertEquals(ErrorCode.DEADLINE_EXCEEDED, client.read().errorCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void garbageOnOneConnectionNeverReachesAnother(final long seed) throws Exception {
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicLong decided = new AtomicLong();
        final AtomicReference<String> disturbed = new AtomicReference<>("");
        final Thread other = Thread.ofPlatform().start(() -> {
            try (T1Client client = server.client()) {
                final Random random = new Random(seed);
                final Decision decision = new Decision();
                while (!stop.get()) {
                    client.decide(RandomTables.query(random), decision);
                    if (decision.degraded()) {
                        disturbed.set(decision + " " + client.lastError());
                    }
                    decided.incrementAndGet();
                }
            }
        });
        final Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            try (RawClient client = RawClient.greeted(server.sidecar().address())) {
                client.send(garbage(random, client));
                if (random.nextBoolean()) {
                    client.trySend(garbage(random, client));
                }
            } catch (final IOException e) {
                assertFalse(
                        String.valueOf(e.getMessage()).contains("the server sent"),
                        "seed=" + seed + " round=" + round + ": " + e);
            }
        }
        final long before = decided.get();
        Tests.await("decisions after the garbage", () -> decided.get() > before + 10);
        stop.set(true);
        other.join();
        assertEquals("", disturbed.get(), "seed=" + seed);
    }

    /** Random bytes, or a good frame with some bytes changed, or cut, or with another frame glued to it. */
    private static byte[] garbage(final Random random, final RawClient client) {
        final byte[] good =
                switch (random.nextInt(4)) {
                    case 0 -> client.decideFrame(random.nextLong(), 1 + random.nextInt(20));
                    case 1 -> client.codesFrame(random.nextLong(), new byte[4 * (1 + random.nextInt(9))], 0);
                    case 2 -> client.helloFrame(TableKey.DEFAULT);
                    default -> client.statsFrame(random.nextLong());
                };
        switch (random.nextInt(3)) {
            case 0 -> random.nextBytes(good);
            case 1 -> {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    good[random.nextInt(good.length)] = (byte) random.nextInt();
                }
            }
            default -> {
                return Arrays.copyOf(good, random.nextInt(good.length));
            }
        }
        return good;
    }
}
