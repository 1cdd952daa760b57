package io.t1.ops.spark;

import io.t1.ops.observation.PackedRow;
import io.t1.ops.observation.PartedScan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns by which read rows, and beside them what was found in each file, go from task to task. Threading: any. */
final class ScannedRows {
    /** Null in a row that says what was found in a file. */
    static final String QUERY_ID = "query_id";

    static final String FILE = "file";
    static final String ROW = "row";

    static final StructType SCHEMA = new StructType()
            .add(QUERY_ID, DataTypes.StringType)
            .add(FILE, DataTypes.IntegerType)
            .add(ROW, DataTypes.LongType)
            .add("cells", DataTypes.BinaryType);

    private ScannedRows() {}

    static Row of(final PackedRow row) {
        return RowFactory.create(row.queryId(), row.file(), row.row(), row.cells());
    }

    static Row of(final PartedScan.FileTally tally) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(tally);
        } catch (final IOException e) {
            throw new UncheckedIOException("writing what was found in file " + tally.file(), e);
        }
        return RowFactory.create(null, tally.file(), 0L, bytes.toByteArray());
    }

    static boolean isTally(final Row row) {
        return row.isNullAt(0);
    }

    static PackedRow row(final Row row) {
        return new PackedRow(row.getString(0), row.getInt(1), row.getLong(2), (byte[]) row.get(3));
    }

    static PartedScan.FileTally tally(final Row row) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream((byte[]) row.get(3)))) {
            return (PartedScan.FileTally) in.readObject();
        } catch (final IOException | ClassNotFoundException e) {
            throw new IllegalStateException("reading what was found in file " + row.getInt(1), e);
        }
    }
}
