package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.AsyncT1Client;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.router.RouterTable;
import io.t1.router.artifact.RouterArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotReloadIT {
    private static final int RELOADS = 1_000;
    private static final int CLIENTS = 4;
    private static final int WINDOW = 16;

    @TempDir
    Path directory;

    private final Map<Long, RouterArtifact> tables = new ConcurrentHashMap<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong decided = new AtomicLong();
    private final AtomicReference<String> wrong = new AtomicReference<>("");

    @Test
    void decidesRightByTheTableItNamesThroughAThousandReloadsAndLeaksNothing()
            throws IOException, InterruptedException {
        final long bytesBefore = RouterTable.openBytes();
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.keepVersions(3));
                T1Client publisher = server.client()) {
            publisher.publish(RandomTables.json(1), PublishRole.ACTIVATE);
            publisher.publish(RandomTables.json(2), PublishRole.ACTIVATE);
            final long bytesOfTwo = RouterTable.openBytes();
            final List<Thread> clients = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                final long seed = c;
                clients.add(Thread.ofPlatform().start(() -> ask(server, seed)));
            }
            Tests.await("first decisions", () -> decided.get() > CLIENTS * WINDOW);
            for (long seed = 3; seed < 3 + RELOADS; seed++) {
                // versions count up from 1 with the seeds: the version that a response names is the seed of its table
                assertEquals(
                        seed,
                        publisher
                                .publish(RandomTables.json(seed), PublishRole.ACTIVATE)
                                .activeVersion());
            }
            final long atTheEnd = decided.get();
            Tests.await("decisions after the last reload", () -> decided.get() > atTheEnd + 100);
            stop.set(true);
            for (final Thread client : clients) {
                client.join();
            }
            assertEquals("", wrong.get());
            assertTrue(decided.get() > RELOADS, "decided=" + decided);
            Tests.await("only active and previous are open", () -> RouterTable.openBytes() == bytesOfTwo);
            assertEquals(
                    RELOADS + 2, server.sidecar().stats().snapshot().reloads().accepted());
        }
        assertEquals(bytesBefore, RouterTable.openBytes());
    }

    private void ask(final LiveSidecar server, final long seed) {
        final Random random = new Random(seed);
        final Map<Long, float[]> asked = new HashMap<>();
        try (AsyncT1Client client =
                AsyncT1Client.connect(LiveSidecar.client(server.sidecar().address()))) {
            Tests.await("hello", () -> client.poll((id, decisions) -> {}) == 0 && client.isReady());
            while (!stop.get() || client.inFlight() > 0) {
                while (!stop.get() && client.inFlight() < WINDOW) {
                    final float[] query = RandomTables.query(random);
                    asked.put(client.offerDecide(query, Float.NaN), query);
                }
                client.poll((id, decisions) ->
                        check(Objects.requireNonNull(asked.remove(id), "an answer to nothing"), decisions.get(0)));
                client.await(TimeUnit.MILLISECONDS.toNanos(5));
                LockSupport.parkNanos(200_000); // a window is in flight all the while; the publisher gets a turn too
            }
        } catch (final RuntimeException | AssertionError e) {
            wrong.compareAndSet("", e.toString());
        }
    }

    private void check(final float[] query, final Decision decision) {
        decided.incrementAndGet();
        if (decision.degraded()) {
            wrong.compareAndSet("", "degraded: " + decision);
            return;
        }
        final long version = decision.tableVersion();
        final RouterArtifact table = tables.computeIfAbsent(version, RandomTables::table);
        try {
            DecideIT.assertSame(ScalarReference.of(table, query), decision, version, "version " + version);
        } catch (final AssertionError e) {
            wrong.compareAndSet("", e.toString());
        }
    }
}
