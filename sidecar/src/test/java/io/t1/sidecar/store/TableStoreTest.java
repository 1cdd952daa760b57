package io.t1.sidecar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.t1.codec.TableKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStoreTest {
    private static final int TABLES = 12_000;
    private static final int BYTES = 9_300; // of 8 features and 5 outputs

    @TempDir
    private Path folder;

    @Test
    void holdsTenThousandTablesAndGivesThemBackWhenOpenedAgain() throws IOException {
        final byte[] json = new byte[BYTES];
        new SplittableRandom(1).nextBytes(json);
        try (DataDirectory directory = DataDirectory.own(folder)) {
            try (TableStore store = TableStore.open(directory)) {
                for (int i = 0; i < TABLES; i++) {
                    store.put(new StoredArtifact(summary(i), json));
                }
            }
            try (TableStore again = TableStore.open(directory)) {
                assertEquals(TABLES, again.keys().size());
                for (int i = 0; i < TABLES; i += 997) {
                    final StoredArtifact table = again.read(key(i), 1);
                    assertNotNull(table, "table " + i);
                    assertArrayEquals(json, table.json(), "table " + i);
                }
            }
        }
    }

    private static TableSummary summary(final int i) {
        return new TableSummary(key(i), 1, 1_700_000_000_000L, "ab".repeat(32), 8, 5, 0, 808);
    }

    private static TableKey key(final int i) {
        return new TableKey("index" + i, "global", "any");
    }
}
