package io.t1.sidecar.store;

import io.t1.codec.TableKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every version of every table, durable: a Chronicle Map of checksummed records.
 *
 * <p>A key's roles are kept in two entries, written in turn, each with a sequence number and a checksum: a process killed
 * in the middle of writing one leaves the other. The map is always opened by recovery, since the plain way hangs on the
 * locks of a process that was killed.
 *
 * <p>Threading: one thread. Opening takes about a second in a fresh process.
 */
public final class TableStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableStore.class);
    private static final String FILE = "tables.chm";
    private static final int EXPECTED_RECORDS = 2048;
    private static final int EXPECTED_RECORD_BYTES = 16 * 1024;
    /** The map may grow to this many times what is expected, some 100,000 versions; the file grows as they come. */
    private static final double MOST_GROWTH = 40;

    private final Path file;
    private final ChronicleMap<String, byte[]> map;
    private final Map<TableKey, NavigableMap<Long, TableSummary>> versions = new HashMap<>();
    private final Map<TableKey, Roles> roles = new HashMap<>();

    private TableStore(final Path file, final ChronicleMap<String, byte[]> map) {
        this.file = file;
        this.map = map;
    }

    /**
     * Opens the store of a directory that this process owns, or makes an empty one.
     *
     * @throws IOException if the file can't be opened; the message says what to do.
     */
    public static TableStore open(final DataDirectory directory) throws IOException {
        final Path file = file(directory);
        if (!Files.exists(file)) {
            create(directory.path(), file);
        }
        try {
            final ChronicleMap<String, byte[]> map = builder()
                    .recoverPersistedTo(
                            file.toFile(), true, corruption -> LOG.warn("table store: {}", corruption.message()));
            final TableStore store = new TableStore(file, map);
            store.index();
            return store;
        } catch (final IOException | RuntimeException e) {
            throw new IOException(
                    "table store " + file + " can't be opened (" + e.getMessage()
                            + "): move it away and start again; what is live comes back from the serving images",
                    e);
        }
    }

    /** Where the store of a directory is. */
    public static Path file(final DataDirectory directory) {
        return directory.path().resolve(FILE);
    }

    /** Written aside and renamed, so that a kill while it is made leaves nothing that looks like a store. */
    private static void create(final Path directory, final Path file) throws IOException {
        final Path aside = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(aside);
        builder().createPersistedTo(aside.toFile()).close();
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        DurableDirectory.force(directory);
    }

    private static ChronicleMapBuilder<String, byte[]> builder() {
        return ChronicleMapBuilder.of(String.class, byte[].class)
                .name("tables")
                .averageKeySize(64)
                .averageValueSize(EXPECTED_RECORD_BYTES)
                .entries(EXPECTED_RECORDS)
                .actualSegments(1) // one writer
                .maxBloatFactor(MOST_GROWTH)
                .putReturnsNull(true)
                .removeReturnsNull(true);
    }

    private void index() {
        map.forEach((name, record) -> {
            if (name.startsWith("table/")) {
                final StoredArtifact table = RecordCodec.table(record);
                if (table == null) {
                    LOG.error("table store: record {} is damaged and left out", name);
                } else {
                    versions(table.summary().key()).put(table.version(), table.summary());
                }
            } else {
                final Roles read = RecordCodec.roles(record);
                if (read == null) {
                    LOG.warn("table store: record {} is damaged; its twin counts", name);
                } else {
                    roles.merge(keyOfRoles(name), read, (a, b) -> a.sequence() >= b.sequence() ? a : b);
                }
            }
        });
    }

    /** Every key that has a table or roles. */
    public Collection<TableKey> keys() {
        final Map<TableKey, Boolean> keys = new HashMap<>();
        versions.keySet().forEach(key -> keys.put(key, true));
        roles.keySet().forEach(key -> keys.put(key, true));
        return keys.keySet();
    }

    /** A key's roles as last written; {@link Roles#EMPTY} if never. */
    public Roles roles(final TableKey key) {
        return roles.getOrDefault(key, Roles.EMPTY);
    }

    /** What there is of a key, by version. */
    public NavigableMap<Long, TableSummary> summaries(final TableKey key) {
        return Collections.unmodifiableNavigableMap(versions.getOrDefault(key, Collections.emptyNavigableMap()));
    }

    /** The version that holds this content, or null. */
    public @Nullable TableSummary withContent(final TableKey key, final String sha256) {
        for (final TableSummary summary : summaries(key).values()) {
            if (summary.sha256().equals(sha256)) {
                return summary;
            }
        }
        return null;
    }

    /** A table with its bytes, or null when it isn't there or no longer whole. */
    public @Nullable StoredArtifact read(final TableKey key, final long version) {
        return RecordCodec.table(map.get(nameOfTable(key, version)));
    }

    /**
     * Writes a table.
     *
     * @throws IOException if there is no room.
     */
    public void put(final StoredArtifact table) throws IOException {
        final TableSummary summary = table.summary();
        write(nameOfTable(summary.key(), summary.version()), RecordCodec.encode(table));
        versions(summary.key()).put(summary.version(), summary);
    }

    /** Writes a key's roles over the older of their two records. */
    public void putRoles(final TableKey key, final Roles next) throws IOException {
        write("roles" + (next.sequence() & 1) + "/" + key, RecordCodec.encode(next));
        roles.put(key, next);
    }

    /** Removes the oldest versions without a role until {@code keep} of those are left. */
    public void prune(final TableKey key, final int keep) {
        final Roles pinned = roles(key);
        final NavigableMap<Long, TableSummary> held = versions(key);
        final long[] loose = held.keySet().stream()
                .mapToLong(Long::longValue)
                .filter(v -> !pinned.pins(v))
                .toArray();
        for (int i = 0; i < loose.length - keep; i++) {
            map.remove(nameOfTable(key, loose[i]));
            held.remove(loose[i]);
        }
    }

    /** Flushes to the disk all that was written. */
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Closes the map. Twice is harmless. */
    @Override
    public void close() {
        map.close();
    }

    private void write(final String name, final byte[] record) throws IOException {
        try {
            map.put(name, record);
        } catch (final IllegalStateException | IllegalArgumentException e) {
            throw new IOException(
                    "table store " + file + " has no room for " + name + " of " + record.length
                            + " bytes: keep fewer versions (--keep-versions)",
                    e);
        }
    }

    private NavigableMap<Long, TableSummary> versions(final TableKey key) {
        return versions.computeIfAbsent(key, _ -> new TreeMap<>());
    }

    private static String nameOfTable(final TableKey key, final long version) {
        return "table/" + key + "/" + version;
    }

    private static TableKey keyOfRoles(final String name) {
        return TableKey.parse(name.substring(name.indexOf('/') + 1));
    }
}
