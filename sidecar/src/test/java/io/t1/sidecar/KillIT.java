package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {
    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    private final Map<Long, Long> seedOfVersion = new ConcurrentHashMap<>();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final AtomicLong lastTried = new AtomicLong();

    @Test
    void servesTheLastAcknowledgedTableAfterEachKillInAPublishStorm() throws Exception {
        final Random random = new Random(11);
        for (int round = 0; round < ROUNDS; round++) {
            try (SidecarProcess server = SidecarProcess.start(directory)) {
                if (round > 0) {
                    assertServesTheLastAcknowledged(server, "round " + round);
                }
                final long enough = lastTried.get() + 3 + random.nextInt(20);
                final Thread storm = Thread.ofPlatform().start(() -> publish(server));
                Tests.await("publishes", () -> lastAcknowledged.get() >= enough || !storm.isAlive());
                server.kill();
                storm.join();
                assertTrue(lastAcknowledged.get() >= enough, "round " + round + ": " + server.log());
            }
        }
        try (SidecarProcess server = SidecarProcess.start(directory)) {
            assertServesTheLastAcknowledged(server, "last");
            assertFalse(server.log().contains("WARN"), server.log());
        }
    }

    @Test
    void drainsOnSigtermAndExitsWithZero() throws Exception {
        try (SidecarProcess server = SidecarProcess.start(directory);
                T1Client client = T1Client.connect(LiveSidecar.client(server.socket()))) {
            assertEquals(
                    1,
                    client.publish(RandomTables.json(1), PublishRole.ACTIVATE).activeVersion());
            assertEquals(0, server.terminate(), server.log());
            assertFalse(Files.exists(server.socket()), "the socket is gone");
            assertTrue(server.log().contains("drained"), server.log());
            assertFalse(server.log().contains("WARN"), server.log());
        }
        try (SidecarProcess server = SidecarProcess.start(directory)) {
            seedOfVersion.put(1L, 1L);
            lastAcknowledged.set(1);
            lastTried.set(1);
            assertServesTheLastAcknowledged(server, "after the drain");
        }
    }

    /** Publishes tables of ever higher seeds until the server is gone. */
    private void publish(final SidecarProcess server) {
        try (T1Client client = T1Client.connect(LiveSidecar.client(server.socket()))) {
            while (true) {
                final long seed = lastTried.incrementAndGet();
                final long version = client.publish(RandomTables.json(seed), PublishRole.ACTIVATE)
                        .activeVersion();
                seedOfVersion.put(version, seed);
                lastAcknowledged.set(seed);
            }
        } catch (final RuntimeException _) {
            // killed: what was acknowledged before is what counts
        }
    }

    /** It may also be the one whose acknowledgement the kill cut off. */
    private void assertServesTheLastAcknowledged(final SidecarProcess server, final String where) {
        try (T1Client client = T1Client.connect(LiveSidecar.client(server.socket()))) {
            final Random random = new Random(5);
            final Decision decision = new Decision();
            for (int i = 0; i < 5; i++) {
                final float[] query = RandomTables.query(random);
                client.decide(query, decision);
                final long version = decision.tableVersion();
                final long seed = seedOfVersion.getOrDefault(version, lastTried.get());
                assertTrue(seed >= lastAcknowledged.get(), where + ": seed " + seed + " < " + lastAcknowledged);
                DecideIT.assertSame(ScalarReference.of(RandomTables.table(seed), query), decision, version, where);
            }
        }
    }
}
