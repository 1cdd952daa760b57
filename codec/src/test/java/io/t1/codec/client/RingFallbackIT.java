package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.ReplyFrames;
import io.t1.codec.frame.RingFrames;
import io.t1.codec.frame.RingGrant;
import io.t1.codec.ring.RingDescriptor;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.RingWaiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks for a ring where there is none to be had: it decides over the socket and says why. */
@Timeout(60)
class RingFallbackIT {
    @TempDir
    Path directory;

    /** Answers OpenRing as told, all else as {@link DecidingScript} does. */
    private static final class RinglessScript implements ScriptedSidecar.Script {
        final DecidingScript decisions = new DecidingScript();
        final ScriptedSidecar.Script onOpenRing;
        volatile MessageKind answered = MessageKind.OPEN_RING;

        RinglessScript(final ScriptedSidecar.Script onOpenRing) {
            this.onOpenRing = onOpenRing;
        }

        @Override
        public void onFrame(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                throws IOException {
            switch (frame.kind()) {
                case OPEN_RING -> onOpenRing.onFrame(peer, buffer, frame);
                case RING_MAPPED -> answered = frame.kind();
                default -> decisions.onFrame(peer, buffer, frame);
            }
        }
    }

    private static void decidesOnTheSocket(final Path socket, final RinglessScript script, final String reason)
            throws Exception {
        final Decision decision = new Decision();
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(new ClientContext()
                        .socketPath(socket)
                        .features("entropy", "query_length")
                        .transport(TransportChoice.RING)
                        .deadlineNs(TimeUnit.SECONDS.toNanos(20)))) {
            client.decide(new float[] {1, 2}, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(TransportChoice.SOCKET, client.transport());
            assertTrue(client.lastError().contains(reason), client.lastError());
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void staysOnTheSocketOfAServerThatKnowsNoRings() throws Exception {
        decidesOnTheSocket(
                directory.resolve("t1.sock"),
                new RinglessScript((peer, buffer, frame) -> peer.send(new ReplyFrames()
                        .error(
                                peer.out,
                                0,
                                frame.correlationId(),
                                ErrorCode.UNKNOWN_MESSAGE,
                                "templateId=15 not in 1..14"))),
                "UNKNOWN_MESSAGE");
    }

    @Test
    void staysOnTheSocketWhenTheFileIsNotThereAndTellsTheServer() throws Exception {
        final int bytes = RingDescriptor.MIN_RING_BYTES;
        final RinglessScript script = new RinglessScript((peer, buffer, frame) -> peer.send(new RingFrames()
                .ringOpened(
                        peer.out,
                        0,
                        frame.correlationId(),
                        new RingGrant(
                                directory.resolve("elsewhere").toString(),
                                1,
                                RingDescriptor.fileBytes(bytes, bytes),
                                bytes,
                                bytes,
                                RingWaiting.POLLS))));
        decidesOnTheSocket(directory.resolve("t1.sock"), script, "can't be mapped");
        assertEquals(MessageKind.RING_MAPPED, script.answered);
    }

    @Test
    void refusesARingWithoutAUnixSocket() {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> T1Client.connect(
                        new ClientContext().tcpAddress("127.0.0.1:8402").transport(TransportChoice.RING)));
        assertTrue(refusal.toString().contains("socketPath"), refusal.toString());
    }
}
