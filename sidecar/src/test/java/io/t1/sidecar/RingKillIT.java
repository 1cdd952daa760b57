package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.Decision;
import io.t1.codec.client.DegradedReason;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.codec.ring.RingIdle;
import io.t1.codec.wire.PublishRole;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, killed with -9 or stopped, on either end of a ring. */
@Timeout(120)
class RingKillIT {
    @TempDir
    Path directory;

    /** Its deadline is 20 s: what the decision after the kill takes is what it takes to notice the crash. */
    @ParameterizedTest
    @EnumSource(names = {"BUSY_SPIN", "BLOCKING"})
    void aClientNoticesItsServersCrashAndComesBack(final RingIdle idle) throws Exception {
        final Decision decision = new Decision();
        try (SidecarProcess server = SidecarProcess.start(directory);
                T1Client client = RingIT.ringClient(server.socket(), idle)) {
            client.publish(RandomTables.json(1), PublishRole.ACTIVATE);
            assertTrue(client.awaitReady(TimeUnit.SECONDS.toNanos(20)));
            assertEquals(TransportChoice.RING, client.transport(), client.lastError());
            client.decide(new float[4], decision);
            assertFalse(decision.degraded(), decision::toString);
            server.kill();
            final long killedNs = System.nanoTime();
            client.decide(new float[4], decision);
            final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason(), decision::toString);
            assertTrue(tookMs < 100, "noticed after " + tookMs + " ms");
            try (SidecarProcess again = SidecarProcess.start(directory)) {
                Tests.await("the client to decide by the new server's ring", () -> {
                    client.decide(new float[4], decision);
                    return !decision.degraded() && client.transport() == TransportChoice.RING;
                });
                assertFalse(again.log().contains("WARN"), again.log());
                Tests.await("no file to be left", () -> RingIT.files(RingIT.rings(directory)) == 0);
            }
        }
    }

    @Test
    void aKilledClientsRingIsTakenBack() throws Exception {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            try (T1Client other = RingIT.ringClient(server.sidecar().address(), RingIdle.BLOCKING);
                    RingClientProcess client =
                            RingClientProcess.start(server.sidecar().address())) {
                final Decision decision = new Decision();
                Tests.await(
                        "the other process to decide",
                        () -> RingIT.stats(server).requests() > 1_000);
                assertEquals(2, RingIT.stats(server).open());
                client.kill();
                Tests.await(
                        "its ring to be taken back", () -> RingIT.stats(server).open() == 1);
                Tests.await("no file to be left", () -> RingIT.files(RingIT.rings(directory)) == 0);
                other.decide(new float[4], decision);
                assertFalse(decision.degraded(), decision::toString);
            }
        }
    }

    @Test
    void aServerThatHangsCostsNoMoreThanTheDeadline() throws Exception {
        final Decision decision = new Decision();
        final long deadlineNs = TimeUnit.MILLISECONDS.toNanos(30);
        try (SidecarProcess server = SidecarProcess.start(directory);
                T1Client admin = T1Client.connect(LiveSidecar.client(server.socket()))) {
            admin.publish(RandomTables.json(1), PublishRole.ACTIVATE);
            try (T1Client client = T1Client.connect(LiveSidecar.client(server.socket())
                    .transport(TransportChoice.RING)
                    .deadlineNs(deadlineNs))) {
                Tests.await("a decision in time", () -> {
                    client.decide(new float[4], decision);
                    return !decision.degraded();
                });
                assertEquals(TransportChoice.RING, client.transport());
                signal("-STOP", server);
                try {
                    final long startedNs = System.nanoTime();
                    client.decide(new float[4], decision);
                    final long tookNs = System.nanoTime() - startedNs;
                    assertEquals(DegradedReason.DEADLINE, decision.degradedReason(), decision::toString);
                    assertTrue(tookNs >= deadlineNs && tookNs < 40 * deadlineNs, tookNs + " ns");
                } finally {
                    signal("-CONT", server);
                }
                Tests.await("a decision in time again", () -> {
                    client.decide(new float[4], decision);
                    return !decision.degraded();
                });
            }
        }
    }

    private static void signal(final String signal, final SidecarProcess server) throws Exception {
        final Process kill = new ProcessBuilder("kill", signal, Long.toString(server.pid())).start();
        assertEquals(0, kill.waitFor());
    }
}
