package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AsyncT1ClientIT {
    private static final DecisionHandler IGNORE = (id, decisions) -> {};

    @TempDir
    Path directory;

    private final DecidingScript script = new DecidingScript();
    private final Map<Long, DegradedReason> delivered = new HashMap<>();
    private final DecisionHandler record =
            (id, decisions) -> assertTrue(delivered.put(id, decisions.get(0).degradedReason()) == null, "twice: " + id);
    private Path socket = Path.of("t1.sock");

    @BeforeEach
    void setUp() {
        socket = directory.resolve("t1.sock");
    }

    private ClientContext context() {
        return new ClientContext()
                .socketPath(socket)
                .features("entropy", "query_length")
                .deadlineNs(TimeUnit.SECONDS.toNanos(10))
                .reconnectBackoffNs(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static AsyncT1Client ready(final ClientContext context) {
        final AsyncT1Client client = AsyncT1Client.connect(context);
        Await.until("ready", () -> {
            client.poll(IGNORE);
            return client.isReady();
        });
        return client;
    }

    @Test
    void answersEachOfManyPipelinedRequestsOnceWithItsOwnDecision() throws Exception {
        final int requests = 5_000;
        final Set<Long> taken = new HashSet<>();
        final Map<Long, Float> asked = new HashMap<>();
        final int[] most = {0};
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                AsyncT1Client client = ready(context().inFlightWindow(64))) {
            final DecisionHandler check = (id, decisions) -> {
                assertTrue(taken.add(id), "twice: " + id);
                assertFalse(decisions.get(0).degraded(), () -> decisions.get(0).toString());
                assertEquals(asked.get(id), decisions.get(0).tau());
            };
            int next = 0;
            while (taken.size() < requests) {
                while (next < requests) {
                    final long id = client.offerDecide(new float[] {next, 1}, Float.NaN);
                    if (id == AsyncT1Client.BACK_PRESSURED) {
                        break;
                    }
                    asked.put(id, (float) next++);
                }
                most[0] = Math.max(most[0], client.inFlight());
                if (client.poll(check) == 0) {
                    client.await(TimeUnit.SECONDS.toNanos(1));
                }
            }
            assertEquals(64, most[0], "the window was never full");
            assertEquals(0, client.inFlight());
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void decidesBatchesOfRowsAndOfCodes() throws Exception {
        final List<Float> taus = new ArrayList<>();
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                AsyncT1Client client = ready(context())) {
            final TableDescription table = client.table();
            assertNotNull(table);
            client.offerDecide(new float[] {1, 0, 2, 0, 3, 0}, new float[] {0.1f, 0.2f, 0.3f}, 3);
            client.offerDecideCodes(table, new byte[] {4, 0, 0, 0, 5, 0, 0, 0}, null, 2);
            Await.until("both batches", () -> {
                client.poll((id, decisions) -> {
                    for (int q = 0; q < decisions.count(); q++) {
                        taus.add(decisions.get(q).tau());
                    }
                });
                return taus.size() == 5;
            });
            assertEquals(List.of(1f, 2f, 3f, 4f, 5f), taus);
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void deliversTheBaselineForWhatIsOfferedWithoutASidecar() {
        try (AsyncT1Client client = AsyncT1Client.connect(context())) {
            final long id = client.offerDecide(new float[] {1, 1}, Float.NaN);
            assertTrue(id > 0);
            assertEquals(1, client.poll(record));
            assertEquals(Map.of(id, DegradedReason.NOT_CONNECTED), delivered);
            assertEquals(0, client.poll(record));
        }
    }

    @Test
    void doesNotSpinWhileThereIsNoSidecar() {
        final long hour = TimeUnit.HOURS.toNanos(1);
        try (AsyncT1Client client = AsyncT1Client.connect(context().reconnectBackoffNs(hour, hour))) {
            final long waitNs = TimeUnit.MILLISECONDS.toNanos(50);
            final long start = System.nanoTime();
            int rounds = 0;
            while (System.nanoTime() - start < waitNs) {
                client.poll(record);
                client.await(waitNs);
                rounds++;
            }
            assertTrue(rounds < 20, rounds + " rounds in 50 ms");
        }
    }

    @Test
    void deliversTheBaselineOnceTheDeadlineHasPassedAndIgnoresTheLateAnswer() throws Exception {
        final var slow = new DecidingScript() {
            private int kept;

            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                if (kept++ == 0) {
                    Await.until("the go", () -> helloError != null);
                }
                super.onDecide(peer, buffer, frame);
            }
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, slow);
                AsyncT1Client client = ready(context().deadlineNs(TimeUnit.MILLISECONDS.toNanos(30)))) {
            final long first = client.offerDecide(new float[] {1, 1}, Float.NaN);
            Await.until("the expiry", () -> {
                client.await(TimeUnit.SECONDS.toNanos(1));
                return client.poll(record) == 1;
            });
            assertEquals(Map.of(first, DegradedReason.DEADLINE), delivered);
            slow.helloError = ErrorCode.NOT_READY;
            Await.until("a decision in time", () -> {
                final long id = client.offerDecide(new float[] {2, 2}, Float.NaN);
                Await.until("delivery", () -> client.poll(record) == 1);
                return delivered.get(id) == DegradedReason.NONE;
            });
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void deliversTheBaselineForAllThatWasInFlightWhenTheSidecarDiesAndComesBack() throws Exception {
        final var silent = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame) {}
        };
        AsyncT1Client client;
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, silent)) {
            client = ready(context());
            for (int i = 0; i < 10; i++) {
                assertTrue(client.offerDecide(new float[] {i, i}, 0.5f) > 0);
            }
            client.poll(record);
            assertEquals(Map.of(), delivered);
            assertEquals(1, sidecar.accepted());
        }
        try (client) {
            Await.until("ten deliveries", () -> {
                client.poll(record);
                return delivered.size() == 10;
            });
            assertEquals(Set.of(DegradedReason.NOT_CONNECTED), new HashSet<>(delivered.values()));
            try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script)) {
                Await.until("a decision of the next sidecar", () -> {
                    final long id = client.offerDecide(new float[] {1, 1}, Float.NaN);
                    Await.until("delivery", () -> client.poll(record) == 1);
                    return delivered.get(id) == DegradedReason.NONE;
                });
                assertEquals(1, sidecar.accepted());
            }
        }
    }

    @Test
    void saysHelloOnceForAllTheRequestsThatWereStale() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                AsyncT1Client client = ready(context())) {
            script.table = DecidingScript.table(2, "query_length", "entropy");
            for (int i = 0; i < 20; i++) {
                client.offerDecide(new float[] {i, i}, Float.NaN);
            }
            Await.until("twenty deliveries", () -> {
                client.poll(record);
                return delivered.size() == 20 && client.isReady();
            });
            assertEquals(Set.of(DegradedReason.STALE_FEATURES), new HashSet<>(delivered.values()));
            final float[] tau = {0};
            client.offerDecide(new float[] {1, 2}, Float.NaN);
            Await.until(
                    "a decision by the new table",
                    () -> client.poll((id, d) -> tau[0] = d.get(0).tau()) == 1);
            assertEquals(2, tau[0], "query_length is the new table's first feature");
            assertEquals(2, script.log.size(), script.log::toString);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void takesOffersFromTheHandler() throws Exception {
        final int[] answers = {0};
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                AsyncT1Client client = ready(context().inFlightWindow(1))) {
            final DecisionHandler again = (id, decisions) -> {
                assertEquals(Arm.FULL, decisions.get(0).arm());
                if (++answers[0] < 100) {
                    assertTrue(client.offerDecide(new float[] {1, 1}, Float.NaN) > 0, "its own slot wasn't free");
                }
            };
            client.offerDecide(new float[] {1, 1}, Float.NaN);
            Await.until("a hundred answers", () -> {
                client.poll(again);
                return answers[0] == 100;
            });
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void fallsBackRatherThanWaitWhenTheSidecarReadsTooSlowlyAndRecoversOnceItReads() throws Exception {
        final CountDownLatch go = new CountDownLatch(1);
        final var stuck = new DecidingScript() {
            @Override
            void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
                    throws IOException {
                Await.until("the go", () -> go.getCount() == 0);
                super.onDecide(peer, buffer, frame);
            }
        };
        final float[] rows = new float[2 * 1024];
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, stuck);
                AsyncT1Client client = ready(context().inFlightWindow(1 << 14))) {
            Await.until("the buffers are full", () -> {
                client.offerDecide(rows, null, 1024);
                client.poll(record);
                return delivered.containsValue(DegradedReason.BACK_PRESSURE);
            });
            assertEquals(Set.of(DegradedReason.BACK_PRESSURE), new HashSet<>(delivered.values()));
            go.countDown();
            Await.until("all that had left is answered", () -> {
                client.poll(record);
                return client.inFlight() == 0;
            });
            assertTrue(delivered.containsValue(DegradedReason.NONE));
            delivered.clear();
            client.offerDecide(rows, null, 1024);
            Await.until("a batch as before", () -> client.poll(record) == 1);
            assertEquals(Set.of(DegradedReason.NONE), new HashSet<>(delivered.values()));
            assertEquals(List.of(), sidecar.faults());
            assertEquals(1, sidecar.accepted());
        }
    }
}
