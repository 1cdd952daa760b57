package io.t1.ops.export;

import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.sidecar.store.DataDirectory;
import io.t1.sidecar.store.ServingImages;
import io.t1.sidecar.store.StoredArtifact;
import io.t1.sidecar.store.TableStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables in a sidecar's data directory, by traffic and version: beside a sidecar that runs those that it serves or would
 * go back to, else all that its store has. Threading: one thread.
 */
final class KeptTables {
    private final Map<TableKey, Map<Long, RouterArtifact>> tables = new HashMap<>();

    private KeptTables() {}

    /**
     * Reads them.
     *
     * @throws BadInputException if a file there can't be read.
     */
    static KeptTables of(final Path data) {
        final KeptTables kept = new KeptTables();
        try {
            final Path serving = data.resolve("serving");
            if (Files.isDirectory(serving)) {
                new ServingImages(serving).readAll(image -> image.tables().forEach(kept::add));
            }
            if (isUnowned(data)) {
                try (DataDirectory directory = DataDirectory.own(data);
                        TableStore store = TableStore.open(directory)) {
                    store.keys()
                            .forEach(key -> store.summaries(key)
                                    .keySet()
                                    .forEach(version -> kept.addIfWhole(store.read(key, version))));
                }
            }
        } catch (final IOException e) {
            throw new BadInputException(data + ": its tables can't be read: " + e.getMessage(), e);
        }
        return kept;
    }

    /** The table, or null when it is no longer there. */
    @Nullable
    RouterArtifact table(final TableKey key, final long version) {
        return tables.getOrDefault(key, Map.of()).get(version);
    }

    private static boolean isUnowned(final Path data) throws IOException {
        final Path lock = data.resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return DataDirectory.tryLock(channel) != null; // closing the channel lets go of it
        }
    }

    private void addIfWhole(final @Nullable StoredArtifact stored) {
        if (stored != null) {
            add(stored);
        }
    }

    private void add(final StoredArtifact stored) {
        try {
            tables.computeIfAbsent(stored.summary().key(), key -> new HashMap<>())
                    .put(stored.version(), RouterArtifactJson.read(stored.json()));
        } catch (final RefusedArtifactException e) {
            throw new BadInputException(
                    "table " + stored.summary().key() + " version " + stored.version() + ": " + e.getMessage(), e);
        }
    }
}
