package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.AsyncT1Client;
import io.t1.codec.client.Decision;
import io.t1.codec.client.Decisions;
import io.t1.codec.client.DegradedReason;
import io.t1.codec.client.OutcomeReport;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.codec.ring.RingIdle;
import io.t1.codec.wire.PublishRole;
import io.t1.router.artifact.RouterArtifact;
import io.t1.sidecar.stats.StatsSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RingIT {
    @TempDir
    Path directory;

    static T1Client ringClient(final Path socket, final RingIdle idle) {
        return T1Client.connect(
                LiveSidecar.client(socket).transport(TransportChoice.RING).ringIdle(idle));
    }

    static Path rings(final Path directory) {
        return directory.resolve("t1.sock.rings");
    }

    static long files(final Path rings) {
        try (Stream<Path> files = Files.list(rings)) {
            return files.filter(file -> file.toString().endsWith(".ring")).count();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static StatsSnapshot.Rings stats(final LiveSidecar server) {
        return server.sidecar().stats().snapshot().traffic().rings();
    }

    @ParameterizedTest
    @EnumSource
    void decidesAsOverTheSocketHoweverBothSidesWait(final RingIdle idle) throws IOException {
        final RouterArtifact table = RandomTables.table(1);
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.ringIdle(idle))) {
            final long version = server.publish(1);
            try (T1Client client = ringClient(server.sidecar().address(), idle)) {
                assertTrue(client.isReady(), client.lastError());
                assertEquals(TransportChoice.RING, client.transport(), client.lastError());
                final Random random = new Random(7);
                final Decision one = new Decision();
                for (int i = 0; i < 200; i++) {
                    final float[] query = RandomTables.query(random);
                    client.decide(query, one);
                    DecideIT.assertSame(ScalarReference.of(table, query), one, version, "query " + i);
                    assertTrue(client.outcome(
                            new OutcomeReport().of(one.decisionId()).ndcg(0.5f)));
                }
                final float[] rows = new float[1024 * RandomTables.FEATURES];
                final Decisions many = new Decisions(1024);
                for (int round = 0; round < 10; round++) {
                    for (int q = 0; q < 1024; q++) {
                        System.arraycopy(RandomTables.query(random), 0, rows, q * RandomTables.FEATURES, 4);
                    }
                    client.decide(rows, 1024, many);
                    for (int q = 0; q < 1024; q += 31) {
                        final float[] query = java.util.Arrays.copyOfRange(rows, 4 * q, 4 * q + 4);
                        DecideIT.assertSame(ScalarReference.of(table, query), many.get(q), version, "row " + q);
                    }
                }
                assertEquals(
                        2,
                        client.publish(RandomTables.json(2), PublishRole.ACTIVATE)
                                .activeVersion());
                client.decide(RandomTables.query(random), one);
                assertEquals(2, one.tableVersion(), "a table published over the socket serves the ring");
                Tests.await(
                        "outcomes and decisions counted", () -> stats(server).requests() >= 412);
                assertEquals(1, stats(server).open());
                assertTrue(stats(server).mappedBytes() > 256 * 1024);
                assertTrue(client.stats().contains("\"rings\""), "over the socket all the while");
                Tests.await("the file's name to go", () -> files(rings(directory)) == 0);
            }
            Tests.await("the ring to be taken back", () -> stats(server).open() == 0);
            assertEquals(0, stats(server).mappedBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipelinesWithoutLossOrMixUp(final RingIdle idle) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.ringIdle(idle))) {
            final long version = server.publish(1);
            final int requests = 20_000;
            final long[] next = {1};
            final int[] wrong = {0};
            try (AsyncT1Client client =
                    AsyncT1Client.connect(LiveSidecar.client(server.sidecar().address())
                            .transport(TransportChoice.RING)
                            .ringIdle(idle))) {
                Tests.await("ready", () -> client.poll((id, decisions) -> {}) == 0 && client.isReady());
                assertEquals(TransportChoice.RING, client.transport(), client.lastError());
                final float[] row = RandomTables.query(new Random(1));
                int offered = 0;
                while (next[0] <= requests) {
                    while (offered < requests && client.offerDecide(row, Float.NaN) != AsyncT1Client.BACK_PRESSURED) {
                        offered++;
                    }
                    final int polled = client.poll((id, decisions) -> {
                        final Decision decision = decisions.get(0);
                        wrong[0] +=
                                id == next[0]++ && !decision.degraded() && decision.tableVersion() == version ? 0 : 1;
                    });
                    if (polled == 0) {
                        client.await(TimeUnit.SECONDS.toNanos(5));
                    }
                }
                assertEquals(0, wrong[0], client.lastError());
            }
        }
    }

    @Test
    void aFullRingIsAnsweredByTheBaselineAtOnceAndServedAgainAfterwards() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            final int[] delivered = {0, 0, 0};
            try (AsyncT1Client client =
                    AsyncT1Client.connect(LiveSidecar.client(server.sidecar().address())
                            .transport(TransportChoice.RING)
                            .inFlightWindow(1024))) {
                Tests.await("ready", () -> client.poll((id, decisions) -> {}) == 0 && client.isReady());
                final float[] rows = new float[1024 * RandomTables.FEATURES];
                for (int i = 0; i < 200; i++) { // far more than both rings hold, and nobody takes an answer
                    assertTrue(client.offerDecide(rows, null, 1024) > 0);
                }
                Tests.await("all to be delivered", () -> {
                    client.poll((id, decisions) -> {
                        delivered[0]++;
                        switch (decisions.get(0).degradedReason()) {
                            case NONE -> delivered[1]++;
                            case BACK_PRESSURE -> delivered[2]++;
                            default -> {}
                        }
                    });
                    return delivered[0] == 200;
                });
                assertEquals(200, delivered[1] + delivered[2]);
                assertTrue(delivered[1] >= 5 && delivered[2] >= 100, delivered[1] + " decided, " + delivered[2]);
                client.offerDecide(rows, null, 1024);
                final DegradedReason[] last = {DegradedReason.DEADLINE};
                Tests.await(
                        "one more",
                        () -> client.poll((id, decisions) ->
                                        last[0] = decisions.get(0).degradedReason())
                                == 1);
                assertEquals(DegradedReason.NONE, last[0]);
            }
        }
    }

    @Test
    void lendsNoMoreRingsThanItMay() throws Exception {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.rings(1))) {
            server.publish(1);
            final Path socket = server.sidecar().address();
            try (T1Client first = ringClient(socket, RingIdle.BLOCKING);
                    T1Client second = ringClient(socket, RingIdle.BLOCKING)) {
                assertEquals(TransportChoice.RING, first.transport());
                assertEquals(TransportChoice.SOCKET, second.transport());
                assertTrue(second.lastError().contains("--rings"), second.lastError());
                final Decision decision = new Decision();
                second.decide(new float[4], decision);
                assertFalse(decision.degraded(), decision::toString);
            }
            Tests.await("the ring to be taken back", () -> {
                try (T1Client third = ringClient(socket, RingIdle.BLOCKING)) {
                    return third.transport() == TransportChoice.RING;
                }
            });
        }
    }

    @Test
    void keepsItsDirectoryToItself() throws Exception {
        final Path rings = Files.createDirectory(rings(directory));
        Files.setPosixFilePermissions(rings, PosixFilePermissions.fromString("rwxr-xr-x"));
        final IOException open = assertThrows(IOException.class, () -> LiveSidecar.start(directory));
        assertTrue(open.toString().contains("rwx------"), open.toString());
        Files.setPosixFilePermissions(rings, PosixFilePermissions.fromString("rwx------"));
        final Path stale = Files.createFile(rings.resolve("0123.ring"));
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            assertFalse(Files.exists(stale), "left behind by a server that is gone");
            final IOException taken = assertThrows(
                    IOException.class,
                    () -> LiveSidecar.start(directory.resolve("other"), context -> context.ringDirectory(rings)));
            assertTrue(taken.toString().contains("already"), taken.toString());
            assertTrue(server.sidecar().stats().snapshot().toJson().contains("\"rings\""));
        }
    }

    @Test
    void anIdleRingTakesNoProcessorTime() throws Exception {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            try (T1Client client = ringClient(server.sidecar().address(), RingIdle.BLOCKING)) {
                final Decision decision = new Decision();
                client.decide(new float[4], decision);
                assertFalse(decision.degraded());
                final long thread = thread("t1-ring-");
                final long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
                final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime()); // what is measured is that nothing happens
                }
                final long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) - before;
                assertTrue(used < TimeUnit.MILLISECONDS.toNanos(20), used + " ns of 400 ms");
                client.decide(new float[4], decision);
                assertFalse(decision.degraded(), "it wakes again");
            }
        }
    }

    static long thread(final String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith(prefix) && !thread.getName().contains("files"))
                .findFirst()
                .orElseThrow()
                .threadId();
    }
}
