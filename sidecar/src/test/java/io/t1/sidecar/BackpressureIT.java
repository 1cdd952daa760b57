package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.sidecar.transport.TransportKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackpressureIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void stopsReadingAClientThatDoesNotReadAndServesTheOthers(final TransportKind transport) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                        directory, context -> context.transport(transport).eventLoops(1));
                RawClient deaf = publishedAndGreeted(server)) {
            final byte[] batch = deaf.decideFrame(1, 1024);
            int taken = 0;
            int sent = 0;
            int idle = 0;
            // until the socket takes nothing more for a while: the server has stopped reading
            while (idle < 200 && sent < 64 << 20) {
                final int part = deaf.trySend(taken == 0 ? batch : Arrays.copyOfRange(batch, taken, batch.length));
                idle = part == 0 ? idle + 1 : 0;
                sent += part;
                taken = (taken + part) % batch.length;
                if (part == 0) {
                    Thread.onSpinWait();
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            }
            assertTrue(sent < 8 << 20, "the server read " + sent + " bytes of a client that doesn't read");
            assertTrue(
                    PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() < 256L << 20,
                    "direct memory " + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
            try (T1Client other = server.client()) {
                final Decision decision = new Decision();
                for (int i = 0; i < 20; i++) {
                    other.decide(new float[RandomTables.FEATURES], decision);
                    assertTrue(!decision.degraded(), decision::toString);
                }
            }
            // once it reads, it gets every answer
            for (int answers = sent / batch.length; answers > 0; answers--) {
                assertEquals(MessageKind.DECIDE_RESPONSE, deaf.read().kind());
            }
        }
    }

    @Test
    void answersWithTheBaselineWhatOnePassCanNotDecide() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(
                        directory, context -> context.maxBacklogQueries(64).eventLoops(1));
                RawClient client = publishedAndGreeted(server)) {
            final byte[] batch = client.decideFrame(1, 64);
            final byte[] burst = new byte[4 * batch.length];
            for (int i = 0; i < 4; i++) {
                System.arraycopy(batch, 0, burst, i * batch.length, batch.length);
            }
            client.send(burst);
            int shed = 0;
            for (int i = 0; i < 4; i++) {
                final DecideResponseDecoder.DecisionsDecoder decision =
                        client.read().decisions().decisions().next();
                if (decision.flags().overloaded()) {
                    shed++;
                    assertTrue(decision.flags().degraded());
                    assertEquals(RandomTables.BASELINE.arm().code(), decision.arm());
                    assertEquals(RandomTables.BASELINE.ef(), decision.ef());
                    assertEquals(RandomTables.BASELINE.topk(), decision.topk());
                }
            }
            assertTrue(shed > 0, "nothing was shed");
            client.send(batch);
            assertTrue(!client.read().decisions().decisions().next().flags().overloaded(), "the next pass decides");
        }
    }

    private static RawClient publishedAndGreeted(final LiveSidecar server) throws IOException {
        server.publish(1);
        return RawClient.greeted(server.sidecar().address());
    }
}
