package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.codec.SliceKey;
import io.t1.codec.TableKey;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.Decision;
import io.t1.codec.client.SlicedClient;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose queries of each length have a table of their own at a real sidecar, some of them. */
class SlicedTrafficIT {
    private static final TableKey DOCS = new TableKey("docs", "eu", "en");
    private static final int[] LENGTHS = {1, 5, 6, 10, 11, 30, 80};

    @TempDir
    private Path folder;

    @Test
    void eachQueryIsDecidedByItsOwnTableAndThoseWithoutOneByThatForAll() throws Exception {
        final Path socket = folder.resolve("t1.sock");
        final Path all = written("all.json", DOCS, 1);
        final Path shorter = written("short.json", SliceKey.ofLength(DOCS, 3), 2);
        final Path middle = written("middle.json", SliceKey.ofLength(DOCS, 7), 3);
        final Path late = written("late.json", SliceKey.ofLength(DOCS, 30), 4);
        final List<TableKey> slices = new ArrayList<>();
        for (int bin = 0; bin < SliceKey.lengthBins(); bin++) {
            slices.add(SliceKey.of(DOCS, SliceKey.LENGTH, SliceKey.lengthBinName(bin)));
        }
        try (Sidecar sidecar = Sidecar.start(
                new SidecarContext().data(folder.resolve("data")).socket(socket).httpPort(0))) {
            assertTrue(sidecar != null);
            final Map<String, Long> versions = published(socket, all, shorter, middle);
            try (SlicedClient node = SlicedClient.connect(
                    DOCS, slices, key -> new ClientContext().socketPath(socket).features("entropy", "query_length"))) {
                assertTrue(
                        node.whole().awaitReady(TimeUnit.SECONDS.toNanos(10)),
                        node.whole().lastError());
                await(node, SliceKey.ofLength(DOCS, 3));
                await(node, SliceKey.ofLength(DOCS, 7));
                for (final int length : LENGTHS) {
                    final String own = length <= 5 ? "short.json" : length <= 10 ? "middle.json" : "all.json";
                    assertEquals(versions.get(own), decidedBy(node, length), "length " + length);
                }
                assertFalse(node.hasTable(SliceKey.ofLength(DOCS, 30)));

                final Long version = published(socket, late, written("again.json", SliceKey.ofLength(DOCS, 15), 5))
                        .get("late.json");
                await(node, SliceKey.ofLength(DOCS, 30)); // its first hello was refused: the node tries again by itself
                assertEquals(version, decidedBy(node, 30));
            }
        }
    }

    @Test
    void ofSeveralTablesNoneDecidesWhenOneIsRefused() throws Exception {
        final Path socket = folder.resolve("t1.sock");
        final Path good = written("good.json", DOCS, 1);
        final Path same = written("same.json", DOCS, 2);
        final Path bad = folder.resolve("bad.json");
        Files.writeString(bad, Files.readString(good).replaceFirst("docs", "dogs"), StandardCharsets.UTF_8);
        try (Sidecar sidecar = Sidecar.start(
                new SidecarContext().data(folder.resolve("data")).socket(socket).httpPort(0))) {
            assertTrue(sidecar != null);
            for (final Path other : List.of(bad, same)) {
                final CapturedRun run =
                        CapturedRun.of("publish", good.toString(), other.toString(), "--socket", socket.toString());
                assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
                final JsonNode tables = new ObjectMapper()
                        .readTree(CapturedRun.of("tables", "--socket", socket.toString(), "--json")
                                .out());
                assertFalse(tables.toString().contains("active"), tables.toString());
            }
        }
    }

    private Map<String, Long> published(final Path socket, final Path... files) throws Exception {
        final List<String> words = new ArrayList<>(List.of("publish", "--socket", socket.toString(), "--json"));
        for (final Path file : files) {
            words.add(file.toString());
        }
        final CapturedRun run = CapturedRun.of(words.toArray(new String[0]));
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        final Map<String, Long> versions = new HashMap<>();
        for (final JsonNode table : new ObjectMapper().readTree(run.out()).get("tables")) {
            versions.put(
                    String.valueOf(Path.of(table.get("file").asText()).getFileName()),
                    table.at("/change/active_version").asLong());
        }
        return versions;
    }

    private static long decidedBy(final SlicedClient node, final int length) {
        final Decision decision = new Decision();
        node.decide(SliceKey.ofLength(DOCS, length), new float[] {1.5f, length}, Float.NaN, decision);
        assertFalse(decision.degraded(), () -> node.whole().lastError());
        return decision.tableVersion();
    }

    private static void await(final SlicedClient node, final TableKey slice) {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!node.hasTable(slice)) {
            assertTrue(System.nanoTime() < until, slice + " had no table for 20 s");
            Thread.onSpinWait();
        }
    }

    private Path written(final String name, final TableKey key, final long seed) throws Exception {
        final RouterArtifact table = RandomTables.artifact(key, seed, 4, 5, 0);
        return Files.write(folder.resolve(name), RouterArtifactJson.write(table));
    }
}
