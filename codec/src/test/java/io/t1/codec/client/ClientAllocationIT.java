package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the calling thread allocates, by the JVM's own count. */
@Timeout(120)
class ClientAllocationIT {
    private static final int WARM_UP = 20_000;
    private static final int CALLS = 20_000;
    /** The JVM counts allocation in steps of its own now and then: less than a byte a call is none of a call's. */
    private static final long MOST_BYTES = CALLS - 1;

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final float[] row = {0.5f, 7};
    private final Decision decision = new Decision();

    private ClientContext context() {
        return new ClientContext()
                .socketPath(directory.resolve("t1.sock"))
                .features("entropy", "query_length")
                .deadlineNs(TimeUnit.SECONDS.toNanos(20));
    }

    private long allocated(final Runnable calls) {
        final long thread = Thread.currentThread().threadId();
        final long before = threads.getThreadAllocatedBytes(thread);
        calls.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    @Test
    void aBlockingDecisionAndItsOutcomeAllocateNothing() throws Exception {
        final OutcomeReport report = new OutcomeReport();
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), new DecidingScript());
                T1Client client = T1Client.connect(context())) {
            final Runnable call = () -> {
                client.decide(row, 0.5f, decision);
                // an id with its top bit set is one that the script doesn't log
                client.outcome(report.of(Long.MIN_VALUE | decision.decisionId())
                        .ndcg(0.5f)
                        .topTen("d1\nd2"));
            };
            repeat(call, WARM_UP);
            final long bytes = allocated(() -> repeat(call, CALLS));
            assertFalse(decision.degraded(), decision::toString);
            assertTrue(bytes <= MOST_BYTES, bytes + " bytes in " + CALLS + " calls");
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void aBatchAllocatesNothing() throws Exception {
        final float[] rows = new float[2 * 64];
        final float[] scores = new float[64];
        final Decisions decisions = new Decisions(64);
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), new DecidingScript());
                T1Client client = T1Client.connect(context())) {
            final Runnable call = () -> client.decide(rows, scores, 64, decisions);
            repeat(call, WARM_UP / 4);
            final long bytes = allocated(() -> repeat(call, CALLS / 4));
            assertFalse(decisions.get(63).degraded());
            assertTrue(bytes <= MOST_BYTES / 4, bytes + " bytes in " + CALLS / 4 + " calls");
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void aDecisionWithoutASidecarAllocatesNothingBetweenAttemptsToConnect() {
        final long hour = TimeUnit.HOURS.toNanos(1);
        try (T1Client client = T1Client.connect(context().reconnectBackoffNs(hour, hour))) {
            final Runnable call = () -> client.decide(row, decision);
            repeat(call, WARM_UP);
            final long bytes = allocated(() -> repeat(call, CALLS));
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason());
            assertTrue(bytes <= MOST_BYTES, bytes + " bytes in " + CALLS + " calls");
        }
    }

    @Test
    void pipelinedDecisionsAllocateNothing() throws Exception {
        final int[] answered = {0, 0};
        final DecisionHandler count = (id, decisions) -> {
            answered[0]++;
            answered[1] += decisions.get(0).degraded() ? 1 : 0;
        };
        try (var sidecar = ScriptedSidecar.onUnixSocket(directory.resolve("t1.sock"), new DecidingScript());
                AsyncT1Client client = AsyncT1Client.connect(context())) {
            Await.until("ready", () -> {
                client.poll(count);
                return client.isReady();
            });
            pipeline(client, count, answered, WARM_UP);
            final long bytes = allocated(() -> pipeline(client, count, answered, WARM_UP + CALLS));
            assertEquals(WARM_UP + CALLS, answered[0]);
            assertEquals(0, answered[1], "degraded");
            assertTrue(bytes <= MOST_BYTES, bytes + " bytes in " + CALLS + " calls");
            assertEquals(1, sidecar.accepted());
        }
    }

    private void pipeline(
            final AsyncT1Client client, final DecisionHandler handler, final int[] answered, final int until) {
        int offered = answered[0];
        while (answered[0] < until) {
            while (offered < until && client.offerDecide(row, 0.5f) != AsyncT1Client.BACK_PRESSURED) {
                offered++;
            }
            if (client.poll(handler) == 0) {
                client.await(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private static void repeat(final Runnable call, final int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
