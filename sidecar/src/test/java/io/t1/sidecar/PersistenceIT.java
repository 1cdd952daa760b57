package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableKey;
import io.t1.codec.TableRole;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.T1ServerException;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceIT {
    @TempDir
    Path directory;

    @Test
    void comesBackWithTheRolesThatItHadAndCanStillRollBack() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            client.publish(RandomTables.json(1), PublishRole.BASELINE);
            assertFalse(server.sidecar().ready(), "a baseline alone doesn't serve");
            client.publish(RandomTables.json(2), PublishRole.ACTIVATE);
            client.publish(RandomTables.json(3), PublishRole.ACTIVATE);
            client.publish(RandomTables.json(4), PublishRole.STAGE);
            assertDecidesBy(server, 3, 3);
        }
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            assertTrue(server.sidecar().ready(), "from the serving image, before the store has opened");
            assertDecidesBy(server, 3, 3);
            assertEquals(
                    List.of(Set.of(TableRole.BASELINE), Set.of(TableRole.PREVIOUS), Set.of(TableRole.ACTIVE), Set.of()),
                    client.listTables().stream().map(StoredTable::roles).toList());
            assertEquals(
                    2,
                    client.rollback(TableKey.DEFAULT, RollbackTarget.PREVIOUS).activeVersion());
            assertDecidesBy(server, 2, 2);
            assertEquals(
                    1,
                    client.rollback(TableKey.DEFAULT, RollbackTarget.BASELINE).activeVersion());
            assertDecidesBy(server, 1, 1);
            assertEquals(4, client.activate(TableKey.DEFAULT, 4).activeVersion());
            assertDecidesBy(server, 4, 4);
        }
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            assertDecidesBy(server, 4, 4);
        }
    }

    @Test
    void goesBackToWhatTheNodeDoesWithoutATableWhenNoBaselineWasPublished() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            server.publish(1);
            server.publish(2);
            final TableChange change = client.rollback(TableKey.DEFAULT, RollbackTarget.BASELINE);
            assertEquals(0, change.activeVersion());
            assertEquals(2, change.previousVersion());
            assertIsBaseline(server);
        }
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            assertIsBaseline(server);
            assertEquals(
                    2,
                    client.rollback(TableKey.DEFAULT, RollbackTarget.PREVIOUS).activeVersion());
            assertDecidesBy(server, 2, 2);
        }
    }

    @Test
    void givesTheSameContentTheSameVersionAndNeverAVersionTwice() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.keepVersions(1));
                T1Client client = server.client()) {
            assertEquals(1, server.publish(1));
            assertEquals(2, server.publish(2));
            assertEquals(2, server.publish(2), "the same again");
            assertEquals(1, server.publish(1), "an older one again");
            assertDecidesBy(server, 1, 1);
            for (int seed = 3; seed < 8; seed++) {
                assertEquals(seed, server.publish(seed));
            }
            assertEquals(
                    List.of(5L, 6L, 7L),
                    client.listTables().stream().map(StoredTable::tableVersion).toList());
        }
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            assertEquals(8, server.publish(1), "pruned content is new again");
        }
    }

    @Test
    void servesFromTheStoreWhenTheServingImageIsDamagedAndFromTheImageWhenTheStoreIsLost() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            server.publish(1);
            server.publish(2);
        }
        final Path image = directory.resolve("data/serving/default,global,any.live");
        final byte[] whole = Files.readAllBytes(image);
        final byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(image, damaged);
        try (LiveSidecar server = LiveSidecar.start(directory)) {
            Tests.await("the store to open", () -> server.sidecar().ready());
            assertDecidesBy(server, 2, 2);
        }
        Files.delete(directory.resolve("data/tables.chm"));
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            assertTrue(server.sidecar().ready());
            assertDecidesBy(server, 2, 2);
            assertEquals(
                    1,
                    client.rollback(TableKey.DEFAULT, RollbackTarget.PREVIOUS).activeVersion());
            assertDecidesBy(server, 1, 1);
        }
    }

    @Test
    void keepsDecidingByTheLastGoodTableWhenABadOneIsPublished() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            server.publish(1);
            final String bad =
                    new String(RandomTables.json(2), StandardCharsets.UTF_8).replaceFirst("\"bias\"", "\"bios\"");
            final T1ServerException refused = assertThrows(
                    T1ServerException.class,
                    () -> client.publish(bad.getBytes(StandardCharsets.UTF_8), PublishRole.ACTIVATE));
            assertEquals(ErrorCode.REFUSED_ARTIFACT, refused.code());
            assertTrue(refused.text().contains("bios"), refused.text());
            assertDecidesBy(server, 1, 1);
            assertEquals(1, server.sidecar().stats().snapshot().reloads().refused());
            assertTrue(client.stats().contains("bios"), "the figures tell why");
        }
    }

    @Test
    void keepsTablesOfDifferentKeysApart() throws IOException {
        final TableKey german = new TableKey("docs", "eu", "de");
        try (LiveSidecar server = LiveSidecar.start(directory);
                T1Client client = server.client()) {
            server.publish(1);
            client.publish(
                    io.t1.router.artifact.RouterArtifactJson.write(RandomTables.table(5, german, 2)),
                    PublishRole.ACTIVATE);
            try (T1Client other = T1Client.connect(
                    LiveSidecar.client(server.sidecar().address()).tableKey(german))) {
                final float[] query = {2.5f, 2.1f, 2.9f, 2.4f};
                final Decision decision = new Decision();
                other.decide(query, decision);
                DecideIT.assertSame(ScalarReference.of(RandomTables.table(5, german, 2), query), decision, 1, "german");
            }
            client.rollback(german, RollbackTarget.BASELINE);
            assertDecidesBy(server, 1, 1);
        }
    }

    @Test
    void isNotReadyUntilATableIsActiveAndSaysSo() throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory);
                RawClient client = RawClient.connect(server.sidecar().address())) {
            assertFalse(server.sidecar().ready());
            client.send(client.helloFrame(TableKey.DEFAULT));
            assertEquals(ErrorCode.NOT_READY, client.read().errorCode());
            server.publish(1);
            assertTrue(server.sidecar().ready());
            client.hello(TableKey.DEFAULT);
        }
    }

    static void assertDecidesBy(final LiveSidecar server, final long seed, final long version) {
        try (T1Client client = server.client()) {
            final Random random = new Random(seed);
            final Decision decision = new Decision();
            for (int i = 0; i < 10; i++) {
                final float[] query = RandomTables.query(random);
                client.decide(query, decision);
                DecideIT.assertSame(
                        ScalarReference.of(RandomTables.table(seed), query), decision, version, "seed " + seed);
            }
        }
    }

    private static void assertIsBaseline(final LiveSidecar server) {
        try (T1Client client = server.client()) {
            final Decision decision = new Decision();
            client.decide(new float[RandomTables.FEATURES], decision);
            assertEquals(0, decision.tableVersion());
            assertEquals(RandomTables.BASELINE.arm(), decision.arm(), decision::toString);
            assertEquals(RandomTables.BASELINE.ef(), decision.ef());
            assertFalse(decision.degraded(), "the table of T0 decided: " + decision);
        }
    }
}
