package io.t1.sidecar.tables;

import io.t1.codec.TableKey;
import io.t1.gating.ReaderEpochs;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Every key that is served. Threading: lookups by any thread, changes by the control thread. */
public final class ServedTables {
    private final ConcurrentMap<TableKey, ServedTable> tables = new ConcurrentHashMap<>();
    private final ReaderEpochs epochs = new ReaderEpochs();

    /** The clock of all readers. */
    public ReaderEpochs epochs() {
        return epochs;
    }

    /** What decides for a key, or null. Not for the decision path: a connection looks once, at hello. */
    public @Nullable ServedTable get(final TableKey key) {
        return tables.get(key);
    }

    /** Whether any key is served. */
    public boolean isReady() {
        return !tables.isEmpty();
    }

    /** All that is served. */
    Collection<ServedTable> all() {
        return tables.values();
    }

    void add(final ServedTable table) {
        tables.put(table.key(), table);
    }

    /** Frees every table; the event loops must have ended. */
    public void dropAll() {
        tables.values().forEach(ServedTable::drop);
        tables.clear();
        epochs.reclaim();
    }
}
