package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.RandomFrames;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does when its sidecar is late, gone, or sends what it must not. */
@Timeout(60)
class T1ClientTroubleIT extends ScriptedClient {
    @Test
    void answersTheBaselineWhenTheDeadlinePassesAndDropsTheAnswerThatComesTooLate() throws Exception {
        final var late = new LateScript();
        final long deadlineNs = TimeUnit.MILLISECONDS.toNanos(40);
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, late);
                T1Client client = T1Client.connect(context().deadlineNs(deadlineNs))) {
            final long start = System.nanoTime();
            client.decide(FEATURES, decision);
            final long tookNs = System.nanoTime() - start;
            assertEquals(DegradedReason.DEADLINE, decision.degradedReason());
            assertTrue(tookNs >= deadlineNs, "gave up after " + tookNs + " ns");
            assertTrue(tookNs < TimeUnit.SECONDS.toNanos(2), "took " + tookNs + " ns");
            late.withheld = 0;
            for (int i = 1; i <= 20; i++) {
                final float[] features = {i, i, i};
                do {
                    client.decide(features, decision);
                } while (decision.degraded());
                assertEquals(i, decision.tau(), "an answer to an earlier call");
            }
            assertEquals(1, sidecar.accepted());
        }
    }

    /** Keeps the first answers back until the next request, and sends them before its answer. */
    private static final class LateScript extends DecidingScript {
        volatile int withheld = 1;
        private int keptLength;
        private final byte[] kept = new byte[1024];

        @Override
        void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                throws IOException {
            if (withheld > 0) {
                final var request = new DecideRequestDecoder()
                        .wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
                keptLength = answer(peer, buffer, frame, request);
                peer.out.getBytes(0, kept, 0, keptLength);
                return;
            }
            if (keptLength > 0) {
                peer.send(Arrays.copyOf(kept, keptLength));
                keptLength = 0;
            }
            super.onDecide(peer, buffer, frame);
        }
    }

    @Test
    void answersTheBaselineWhenTheSidecarNeverSaysHello() throws Exception {
        final AtomicInteger frames = new AtomicInteger();
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, (peer, buffer, frame) -> frames.incrementAndGet());
                T1Client client = T1Client.connect(context()
                        .connectTimeoutNs(TimeUnit.MILLISECONDS.toNanos(30))
                        .deadlineNs(TimeUnit.MILLISECONDS.toNanos(5)))) {
            final long start = System.nanoTime();
            while (sidecar.accepted() < 3) { // it gives the connection up, and tries another
                client.decide(FEATURES, decision);
                assertTrue(decision.degraded());
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20), "never tried again");
            }
            assertTrue(frames.get() >= 2);
        }
    }

    @Test
    void comesBackByItselfWhenTheSidecarRestarts() throws Exception {
        try (T1Client client = T1Client.connect(context())) {
            for (int life = 0; life < 3; life++) {
                try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script)) {
                    Await.until("decided in life " + life, () -> {
                        client.decide(FEATURES, decision);
                        return !decision.degraded();
                    });
                    assertEquals(1, sidecar.accepted(), "life " + life);
                }
                client.decide(FEATURES, decision);
                assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason(), "after life " + life);
                assertEquals(Arm.CHEAP, decision.arm(), "the baseline that the last sidecar told");
            }
        }
    }

    @Test
    void makesALostConnectionAgainInsideTheSameCall() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context().reconnectBackoffNs(1, 1))) {
            for (int i = 1; i <= 5; i++) {
                client.decide(FEATURES, decision);
                assertFalse(decision.degraded(), decision::toString);
                assertEquals(i, sidecar.accepted());
                sidecar.dropConnections();
            }
        }
    }

    @Test
    void getsItsTableOnceThereIsOne() throws Exception {
        script.helloError = ErrorCode.NOT_READY;
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.NOT_READY, decision.degradedReason());
            assertEquals(Arm.SKIP, decision.arm());
            assertEquals("NOT_READY: no table yet", client.lastError());
            script.helloError = null;
            Await.until("decided", () -> {
                client.decide(FEATURES, decision);
                return !decision.degraded();
            });
            assertEquals(1, sidecar.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n", // no frame
                "\u00ff\u00ff\u00ff\u00ff", // a length over the cap
                "\u0001\u0000\u0000\u0000x", // a length under the header's
                "\u0008\u0000\u0000\u0000\u0000\u0000\u0004\u0000\u00d1 \u0000\u0000" // a response without a body
            })
    void survivesGarbageAndDecidesAgain(final String garbage) throws Exception {
        final AtomicInteger decides = new AtomicInteger();
        final var garbled = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                if (decides.incrementAndGet() <= 2) { // a call tries a lost connection once more
                    peer.send(garbage.getBytes(StandardCharsets.ISO_8859_1));
                } else {
                    super.onDecide(peer, buffer, frame);
                }
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, garbled);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason());
            assertTrue(client.lastError().startsWith("the sidecar sent no frame of this protocol"), client.lastError());
            Await.until("decided", () -> {
                client.decide(FEATURES, decision);
                return !decision.degraded();
            });
            assertTrue(sidecar.accepted() >= 2);
        }
    }

    @Test
    void putsFramesTogetherThatArriveByteByByte() throws Exception {
        final var halting = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                final var request = new DecideRequestDecoder()
                        .wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
                final byte[] answer = new byte[answer(peer, buffer, frame, request)];
                peer.out.getBytes(0, answer);
                for (final byte b : answer) {
                    peer.send(new byte[] {b});
                }
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, halting);
                T1Client client = T1Client.connect(context())) {
            for (int i = 0; i < 20; i++) {
                client.decide(new float[] {i, 0, 2 * i}, decision);
                assertFalse(decision.degraded(), decision::toString);
                assertEquals(2 * i, decision.tau());
            }
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void answersTheBaselineWhenASidecarDiesInTheMiddleOfAFrame() throws Exception {
        final var dying = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                final var request = new DecideRequestDecoder()
                        .wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
                peer.send(answer(peer, buffer, frame, request) / 2);
                peer.close();
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, dying);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason());
            assertTrue(sidecar.accepted() >= 1);
        }
    }

    @Test
    void doesNotTakeTheAnswerOfAnotherBatchSize() throws Exception {
        final var miscounting = new DecidingScript() {
            @Override
            int answer(
                    final ScriptedSidecar.Peer peer,
                    final DirectBuffer buffer,
                    final FrameVerifier frame,
                    final DecideRequestDecoder request) {
                return new RandomFrames(1).decideResponse(peer.out, request.correlationId(), 3);
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, miscounting);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason());
            assertEquals("the sidecar answered 1 queries with a DECIDE_RESPONSE of 3", client.lastError());
            assertTrue(sidecar.accepted() >= 1);
        }
    }

    @Test
    void answersAnInterruptedThreadAtOnceAndKeepsItsInterrupt() throws Exception {
        final var silent = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame) {}
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, silent);
                T1Client client = T1Client.connect(context().deadlineNs(TimeUnit.SECONDS.toNanos(50)))) {
            Thread.currentThread().interrupt();
            client.decide(FEATURES, decision);
            assertTrue(Thread.interrupted(), "the interrupt was lost");
            assertEquals(DegradedReason.INTERRUPTED, decision.degradedReason());
            assertEquals(1, sidecar.accepted());
        }
    }
}
