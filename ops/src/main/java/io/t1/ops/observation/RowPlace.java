package io.t1.ops.observation;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where a row stands.
 *
 * @param file that holds it.
 * @param row of the file, from 1.
 */
record RowPlace(String file, long row) implements Serializable {
    RowPlace(final Path file, final long row) {
        this(file.toString(), row);
    }

    @Override
    public String toString() {
        return file + " row " + row;
    }
}
