package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.RollbackTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectoryIT {
    @TempDir
    Path directory;

    private Path tables;

    @BeforeEach
    void make() throws IOException {
        tables = Files.createDirectory(directory.resolve("tables"));
    }

    @Test
    void publishesAFileThatIsThereAtTheStartAndOneRenamedOverIt() throws IOException {
        Files.write(tables.resolve("t.json"), RandomTables.json(1));
        try (LiveSidecar server = start()) {
            awaitActive(server, 1);
            final Path aside = tables.resolve("t.json.tmp");
            Files.write(aside, RandomTables.json(2));
            Files.move(aside, tables.resolve("t.json"), StandardCopyOption.ATOMIC_MOVE);
            awaitActive(server, 2);
            PersistenceIT.assertDecidesBy(server, 2, 2);
            assertEquals(0, refused(server));
        }
    }

    @Test
    void followsTheLinkSwapOfAMountedConfigMap() throws IOException {
        configMap("..1", 1);
        Files.createSymbolicLink(tables.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(tables.resolve("t.json"), Path.of("..data", "t.json"));
        try (LiveSidecar server = start()) {
            awaitActive(server, 1);
            configMap("..2", 2);
            Files.createSymbolicLink(tables.resolve("..data_tmp"), Path.of("..2"));
            Files.move(tables.resolve("..data_tmp"), tables.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            awaitActive(server, 2);
            assertEquals(0, refused(server));
        }
    }

    @Test
    void seesAChangeBehindADirectoryThatIsALinkItself() throws IOException {
        final Path first = Files.createDirectory(directory.resolve("v1"));
        final Path second = Files.createDirectory(directory.resolve("v2"));
        Files.write(first.resolve("t.json"), RandomTables.json(1));
        Files.write(second.resolve("t.json"), RandomTables.json(2));
        final Path link = directory.resolve("current");
        Files.createSymbolicLink(link, first);
        try (LiveSidecar server =
                LiveSidecar.start(directory, context -> context.watch(link).watchPollMs(20))) {
            awaitActive(server, 1);
            Files.createSymbolicLink(directory.resolve("next"), second);
            Files.move(directory.resolve("next"), link, StandardCopyOption.ATOMIC_MOVE);
            awaitActive(server, 2);
        }
    }

    @Test
    void waitsForAFileThatIsStillBeingCopied() throws IOException {
        try (LiveSidecar server = start()) {
            server.publish(1);
            final byte[] whole = RandomTables.json(2);
            final Path file = tables.resolve("t.json");
            for (int at = 0; at < whole.length; at += 4096) {
                Files.write(
                        file,
                        Arrays.copyOfRange(whole, at, Math.min(whole.length, at + 4096)),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            awaitActive(server, 2);
        }
    }

    @Test
    void keepsTheLastGoodTableThroughABadFileAndTakesItOnceItIsMended() throws IOException {
        final Path file = tables.resolve("t.json");
        Files.write(file, RandomTables.json(1));
        try (LiveSidecar server = start()) {
            awaitActive(server, 1);
            Files.write(file, Arrays.copyOf(RandomTables.json(2), 1000));
            Tests.await("the bad file is refused", () -> refused(server) == 1);
            PersistenceIT.assertDecidesBy(server, 1, 1);
            assertEquals(
                    file.toString(),
                    server.sidecar()
                            .stats()
                            .snapshot()
                            .reloads()
                            .last()
                            .getFirst()
                            .source());
            Files.write(file, RandomTables.json(2));
            awaitActive(server, 2);
            assertEquals(1, refused(server), "refused once, not at each look");
        }
    }

    @Test
    void staysNotReadyWhenTheOnlyFileIsBad() throws IOException {
        Files.writeString(tables.resolve("t.json"), "{}");
        try (LiveSidecar server = start()) {
            Tests.await("the bad file is refused", () -> refused(server) == 1);
            assertFalse(server.sidecar().ready());
        }
    }

    @Test
    void doesNotUndoARollbackByLookingAgainNorByARestart() throws IOException {
        final Path file = tables.resolve("t.json");
        Files.write(file, RandomTables.json(1));
        try (LiveSidecar server = start();
                T1Client client = server.client()) {
            awaitActive(server, 1);
            Files.write(file, RandomTables.json(2));
            awaitActive(server, 2);
            client.rollback(TableKey.DEFAULT, RollbackTarget.PREVIOUS);
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
            Files.write(tables.resolve("z.json"), "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Tests.await("another look", () -> refused(server) == 1);
            PersistenceIT.assertDecidesBy(server, 1, 1);
        }
        try (LiveSidecar server = start()) {
            Tests.await("the first look", () -> refused(server) == 1);
            PersistenceIT.assertDecidesBy(server, 1, 1);
            Files.write(file, RandomTables.json(3));
            awaitActive(server, 3);
        }
    }

    @Test
    void waitsForADirectoryThatIsMountedLater() throws IOException {
        Files.delete(tables);
        try (LiveSidecar server = start()) {
            final Path aside = Files.createDirectory(directory.resolve("mount"));
            Files.write(aside.resolve("t.json"), RandomTables.json(1));
            Files.move(aside, tables);
            awaitActive(server, 1);
        }
    }

    private LiveSidecar start() throws IOException {
        return LiveSidecar.start(directory, context -> context.watch(tables).watchPollMs(20));
    }

    private void configMap(final String name, final long seed) throws IOException {
        Files.write(Files.createDirectory(tables.resolve(name)).resolve("t.json"), RandomTables.json(seed));
    }

    private static void awaitActive(final LiveSidecar server, final long version) {
        Tests.await(
                "version " + version,
                () -> server.sidecar().stats().snapshot().tables().stream()
                        .anyMatch(row -> row.version() == version
                                && row.roles().contains(io.t1.sidecar.stats.TableRow.Role.ACTIVE)));
    }

    private static long refused(final LiveSidecar server) {
        return server.sidecar().stats().snapshot().reloads().refused();
    }
}
