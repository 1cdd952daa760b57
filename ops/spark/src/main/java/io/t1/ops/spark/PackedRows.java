package io.t1.ops.spark;

import io.t1.ops.observation.PackedRow;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows as they came, those apart that say what was found in a file. Threading: one thread. */
final class PackedRows implements Iterator<PackedRow> {
    private final Iterator<Row> rows;
    private final List<Serializable> tallies;
    private @Nullable PackedRow next;

    /**
     * @param tallies takes what was found in files.
     */
    PackedRows(final Iterator<Row> rows, final List<Serializable> tallies) {
        this.rows = rows;
        this.tallies = tallies;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            final Row row = rows.next();
            if (ScannedRows.isTally(row)) {
                tallies.add(ScannedRows.tally(row));
            } else {
                next = ScannedRows.row(row);
            }
        }
        return next != null;
    }

    @Override
    public PackedRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("no row is left");
        }
        final PackedRow row = next;
        next = null;
        return row;
    }
}
