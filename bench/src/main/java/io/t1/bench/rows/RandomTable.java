package io.t1.bench.rows;

import io.t1.codec.TableKey;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;

/** The table of the rows: 8 features, the 4 standard outputs and {@code expected_gain}, no pairs. */
public final class RandomTable {
    static final int FEATURES = 8;
    static final int OUTPUTS = 5;
    private static final long SEED = 1;

    private RandomTable() {}

    /** It. */
    public static RouterArtifact standard() {
        return ofFeatures(FEATURES);
    }

    /** The same for other traffic. */
    public static RouterArtifact ofKey(final TableKey key) {
        return RandomTables.artifact(key, SEED, FEATURES, OUTPUTS, 0);
    }

    /** The same with so many features. */
    public static RouterArtifact ofFeatures(final int features) {
        return RandomTables.artifact(SEED, features, OUTPUTS, 0);
    }
}
