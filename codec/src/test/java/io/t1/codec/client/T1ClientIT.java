package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.TableDescription;
import io.t1.codec.TableKey;
import io.t1.codec.wire.ErrorCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class T1ClientIT extends ScriptedClient {
    @Test
    void decidesAQueryWithFeaturesInTheTablesOrder() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context().clientName("node-7"))) {
            assertTrue(client.isReady());
            client.decide(FEATURES, 0.75f, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(DegradedReason.NONE, decision.degradedReason());
            assertEquals(0.5f, decision.tau(), "entropy is the table's first feature, the caller's third");
            assertEquals(0.25f, decision.spendCapMs(), "query_length is the table's second, the caller's first");
            assertEquals(0.75f, decision.score());
            assertEquals(Arm.FULL, decision.arm());
            assertEquals(4, decision.topk());
            assertEquals(33, decision.rerankDepth());
            assertEquals(0.9f, decision.propensity());
            assertEquals(0.01f, decision.minConfGain());
            assertEquals(Float.NaN, decision.expectedGain());
            assertEquals(1, decision.tableVersion());
            assertEquals(1 << 5, decision.flags());
            assertEquals(1024, decision.decisionId());
            client.decide(FEATURES, decision);
            assertEquals(-1, decision.score(), "no score was sent");
            assertEquals(List.of("hello default/global/any from node-7"), script.log);
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void decidesOverLoopbackTcp() throws Exception {
        try (var sidecar = ScriptedSidecar.onLoopback(script);
                T1Client client = T1Client.connect(new ClientContext()
                        .tcpAddress("localhost:" + sidecar.port())
                        .tableKey(new TableKey("shop", "eu", "de"))
                        .features("entropy"))) {
            assertTrue(client.awaitReady(TimeUnit.SECONDS.toNanos(10)), client.lastError());
            client.decide(new float[] {3}, decision);
            assertEquals(3, decision.tau());
            assertEquals("hello shop/eu/de from t1-java", script.log.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1023, 1024})
    void decidesABatchInItsOrder(final int count) throws Exception {
        final float[] rows = new float[3 * count];
        final float[] scores = new float[count];
        for (int q = 0; q < count; q++) {
            rows[3 * q] = q;
            rows[3 * q + 2] = -q;
            scores[q] = q / 2048f;
        }
        final Decisions decisions = new Decisions(1024);
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            client.decide(rows, scores, count, decisions);
            assertEquals(count, decisions.count());
            for (int q = 0; q < count; q++) {
                assertEquals(q, decisions.get(q).ef());
                assertEquals(-q, decisions.get(q).tau());
                assertEquals(q, decisions.get(q).spendCapMs());
                assertEquals(q / 2048f, decisions.get(q).score());
                assertFalse(decisions.get(q).degraded());
            }
            client.decide(rows, count, decisions);
            assertEquals(-1, decisions.get(count - 1).score(), "no scores were sent");
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void decidesACodedBatchUntilTheTableChanges() throws Exception {
        final Decisions decisions = new Decisions(2);
        final byte[] codes = {(byte) 255, 1, 2, 3, (byte) 128, 5, 6, 7};
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            final TableDescription table = client.table();
            assertNotNull(table);
            assertEquals(script.table, table);
            client.decideCodes(table, codes, null, 2, decisions);
            assertEquals(255, decisions.get(0).tau());
            assertEquals(128, decisions.get(1).tau());
            script.table = DecidingScript.table(2, "entropy", "query_length", "nl_confidence", "miss_rate");
            client.decideCodes(table, codes, null, 2, decisions);
            assertEquals(DegradedReason.STALE_FEATURES, decisions.get(1).degradedReason());
            final TableDescription renewed = client.table();
            assertNotNull(renewed);
            assertEquals(2, renewed.tableVersion());
            client.decideCodes(renewed, codes, null, 2, decisions);
            assertFalse(decisions.get(0).degraded());
            assertEquals(List.of(), sidecar.faults());
        }
    }

    @Test
    void saysHelloAgainWhenTheTablesFeaturesChangeAndTheCallerNoticesNothing() throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(0.5f, decision.tau());
            script.table = DecidingScript.table(2, "freshness", "entropy");
            client.decide(FEATURES, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(9, decision.tau());
            assertEquals(0.5f, decision.spendCapMs());
            assertEquals(2, decision.tableVersion());
            assertEquals(2, script.log.size(), script.log::toString);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void triesStaleFeaturesOnceMoreOnly() throws Exception {
        script.decideError = ErrorCode.STALE_FEATURES;
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.STALE_FEATURES, decision.degradedReason());
            assertEquals(2, script.log.size(), "one hello at first, one for the second try");
            assertEquals(1, sidecar.accepted());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OVERLOADED, OVERLOADED, 24",
        "DRAINING, DRAINING, 8",
        "NOT_READY, NOT_READY, 8",
        "UNKNOWN_TABLE, NOT_READY, 8",
        "DEADLINE_EXCEEDED, DEADLINE, 8",
        "INVALID_REQUEST, REFUSED, 8",
        "INTERNAL, REFUSED, 8"
    })
    void fallsBackToTheBaselineThatTheSidecarToldWhenItRefuses(
            final ErrorCode code, final DegradedReason reason, final int flags) throws Exception {
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            script.decideError = code;
            client.decide(FEATURES, decision);
            assertTrue(decision.degraded());
            assertEquals(reason, decision.degradedReason());
            assertEquals(flags, decision.flags());
            assertEquals(Arm.CHEAP, decision.arm());
            assertEquals(64, decision.ef());
            assertEquals(50, decision.topk());
            assertEquals(20, decision.rerankDepth());
            assertEquals(1, decision.propensity());
            assertEquals(0, decision.decisionId());
            if (reason == DegradedReason.REFUSED) {
                assertEquals(code + ": told to", client.lastError());
            }
            script.decideError = null;
            client.decide(FEATURES, decision);
            assertFalse(decision.degraded(), decision::toString);
            assertEquals(1, sidecar.accepted());
        }
    }

    @Test
    void answersTheContextsFallbackAtOnceWithoutASidecar() {
        final long start = System.nanoTime();
        try (T1Client client = T1Client.connect(context().fallback(new FallbackDecision(Arm.FULL, 1, 2, 3)))) {
            assertFalse(client.isReady());
            client.decide(FEATURES, decision);
            assertEquals(DegradedReason.NOT_CONNECTED, decision.degradedReason());
            assertEquals(Arm.FULL, decision.arm());
            assertEquals(2, decision.topk());
            assertFalse(client.lastError().isEmpty());
        }
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4), "it waited for a deadline of 5 s");
    }

    @Test
    void sendsOutcomesOfDecisionsThatTheSidecarMade() throws Exception {
        final OutcomeReport report = new OutcomeReport();
        try (var sidecar = ScriptedSidecar.onUnixSocket(socket, script);
                T1Client client = T1Client.connect(context())) {
            client.decide(FEATURES, decision);
            report.of(decision.decisionId()).ndcg(0.5f).topTen("d1\nd2");
            assertTrue(client.outcome(report));
            Await.until("the outcome's arrival", () -> script.log.size() == 2);
            assertEquals("outcome 1024 ndcg 0.5 jaccard NaN topTen d1\nd2", script.log.getLast());
            assertFalse(client.outcome(report.of(0)), "no sidecar knows a degraded decision");
            assertEquals(List.of(), sidecar.faults());
        }
        assertThrows(IllegalArgumentException.class, () -> report.ndcg(1.5f));
    }

    @Test
    void namesTheFeaturesThatAreMissingFromACall() {
        try (T1Client client = T1Client.connect(context())) {
            final var refused =
                    assertThrows(IllegalArgumentException.class, () -> client.decide(new float[] {1, 2}, decision));
            assertEquals(
                    "features length=2 < 3 for 1 queries of the 3 features named in ClientContext.features",
                    refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> client.decide(new float[9], 3, new Decisions(2)));
            assertThrows(IllegalArgumentException.class, () -> client.decide(new float[9], 0, new Decisions(2)));
        }
    }
}
