package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.client.Decision;
import io.t1.codec.client.Decisions;
import io.t1.codec.client.T1Client;
import io.t1.router.artifact.RouterArtifact;
import io.t1.sidecar.transport.TransportKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecideIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void decidesAsTheDefinitionsSayOverEachTransport(final TransportKind transport) throws IOException {
        final RouterArtifact table = RandomTables.table(1);
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.transport(transport))) {
            final long version = server.publish(1);
            try (T1Client client = server.client()) {
                assertTrue(client.isReady(), client.lastError());
                final Random random = new Random(7);
                final Decision one = new Decision();
                for (int i = 0; i < 50; i++) {
                    final float[] query = RandomTables.query(random);
                    client.decide(query, one);
                    assertSame(ScalarReference.of(table, query), one, version, "query " + i);
                }
                final float[] rows = new float[100 * RandomTables.FEATURES];
                final Decisions many = new Decisions(100);
                for (int q = 0; q < 100; q++) {
                    System.arraycopy(RandomTables.query(random), 0, rows, q * RandomTables.FEATURES, 4);
                }
                client.decide(rows, 100, many);
                for (int q = 0; q < 100; q++) {
                    final float[] query = java.util.Arrays.copyOfRange(rows, 4 * q, 4 * q + 4);
                    assertSame(ScalarReference.of(table, query), many.get(q), version, "row " + q);
                }
            }
        }
    }

    static void assertSame(
            final ScalarReference expected, final Decision actual, final long version, final String where) {
        assertFalse(actual.degraded(), where + ": " + actual);
        assertEquals(version, actual.tableVersion(), where);
        assertEquals(expected.tau(), actual.tau(), where);
        assertEquals(expected.spendCapMs(), actual.spendCapMs(), where);
        assertEquals(expected.minConfGain(), actual.minConfGain(), where);
        assertEquals(expected.score(), actual.score(), where);
        assertEquals(expected.expectedGain(), actual.expectedGain(), where);
        assertEquals(expected.arm(), actual.arm(), where);
        assertEquals(expected.ef(), actual.ef(), where);
        assertTrue(actual.arm() == Arm.SKIP || actual.ef() != RandomTables.BASELINE.ef(), where);
    }
}
