package io.t1.ops.observation;

import java.nio.file.Path;

/**
 * Where a row stands.
 *
 * @param file that holds it.
 * @param row of the file, from 1.
 */
record RowPlace(Path file, long row) {
    @Override
    public String toString() {
        return file + " row " + row;
    }
}
