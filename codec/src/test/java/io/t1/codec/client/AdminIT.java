package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableChange;
import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdminIT {
    @TempDir
    Path directory;

    private final DecidingScript script = new DecidingScript();

    private ClientContext context() {
        return new ClientContext().socketPath(directory.resolve("t1.sock")).features("entropy");
    }

    @Test
    void publishesActivatesRollsBackListsAndReadsFigures() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), script);
                T1Client client = T1Client.connect(context())) {
            assertEquals(
                    new TableChange(2, 2, 1, DecidingScript.SHA256),
                    client.publish(new byte[] {'{', '}'}, PublishRole.ACTIVATE));
            assertEquals(77, client.activate(TableKey.DEFAULT, 77).activeVersion());
            client.rollback(TableKey.parse("a/b/c"), RollbackTarget.BASELINE);
            assertEquals(DecidingScript.storedTables(), client.listTables());
            assertEquals("{}", client.stats());
            assertEquals(List.of("PUBLISH 2", "ACTIVATE 7", "ROLLBACK 1"), script.log.subList(1, script.log.size()));
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void publishesAnArtifactOfTheGreatestLength() throws Exception {
        final byte[] artifact = new byte[FrameDescriptor.MAX_ARTIFACT_LENGTH];
        artifact[0] = '{';
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), script);
                T1Client client = T1Client.connect(context())) {
            assertEquals(
                    artifact.length, client.publish(artifact, PublishRole.STAGE).tableVersion());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> client.publish(new byte[artifact.length + 1], PublishRole.STAGE));
            assertEquals("{}", client.stats(), "the connection is as good as before");
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void publishesTheFirstTableOfASidecarThatIsNotReadyAndDecidesByIt() throws Exception {
        script.helloError = ErrorCode.NOT_READY;
        final Decision decision = new Decision();
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), script);
                T1Client client = T1Client.connect(context()
                        .deadlineNs(TimeUnit.SECONDS.toNanos(5))
                        .reconnectBackoffNs(TimeUnit.MINUTES.toNanos(10), TimeUnit.MINUTES.toNanos(10)))) {
            client.decide(new float[] {1}, decision);
            assertEquals(DegradedReason.NOT_READY, decision.degradedReason());
            client.publish(new byte[] {'{', '}'}, PublishRole.ACTIVATE);
            client.decide(new float[] {1}, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void handsOnWhyATableWasRefused() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), script);
                T1Client client = T1Client.connect(context())) {
            final var refused =
                    assertThrows(T1ServerException.class, () -> client.publish(new byte[] {'['}, PublishRole.ACTIVATE));
            assertEquals(ErrorCode.REFUSED_ARTIFACT, refused.code());
            assertEquals("$: not a JSON object", refused.text());
            assertEquals("{}", client.stats());
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void namesTheSocketWhereNoSidecarListens() {
        try (T1Client client = T1Client.connect(context())) {
            final var unreachable = assertThrows(SidecarUnreachableException.class, client::stats);
            final String message = String.valueOf(unreachable.getMessage());
            assertTrue(message.startsWith("no sidecar at " + directory.resolve("t1.sock") + ": "), message);
            assertTrue(message.endsWith("is `t1 serve` running there?"), message);
        }
    }

    @Test
    void givesUpOnASidecarThatDoesNotAnswer() throws Exception {
        final var mute = new DecidingScript() {
            @Override
            public void onFrame(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                if (frame.kind() == MessageKind.HELLO) {
                    super.onFrame(peer, buffer, frame);
                }
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), mute);
                T1Client client = T1Client.connect(context().adminTimeoutNs(TimeUnit.MILLISECONDS.toNanos(50)))) {
            final var unreachable = assertThrows(SidecarUnreachableException.class, client::listTables);
            assertTrue(String.valueOf(unreachable.getMessage()).contains("no answer within 50 ms"));
            assertEquals(1, sidecar.accepted());
        }
    }
}
