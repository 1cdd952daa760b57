package io.t1.ops.observation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Makes cells of what DuckDB selected of one file, row by row or by chunks of columns. Threading: one at a time. */
final class FileRows {
    private final CellSelection selection;
    private final List<String> names;
    private final int ofKind;
    private final DocumentIds documentIds;

    /**
     * @param names of the numbers selected, features last.
     * @param ofKind how many of them aren't features.
     */
    FileRows(final CellSelection selection, final List<String> names, final int ofKind, final DocumentIds documentIds) {
        this.selection = selection;
        this.names = names;
        this.ofKind = ofKind;
        this.documentIds = documentIds;
    }

    /** The row that a result stands at. */
    RowCells row(final ResultSet result, final RowPlace location) throws SQLException {
        final double[] values = new double[names.size()];
        RowCells.NotANumber notANumber = null;
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.NaN;
            if (selection.numbers()[i] != CellSelection.NONE) {
                final double value = result.getDouble(selection.numbers()[i] + 1);
                if (!result.wasNull()) {
                    values[i] = value;
                } else if (notANumber == null) {
                    notANumber = notANumber(i, text(result, selection.insteads()[i]));
                }
            }
        }
        return cells(
                location,
                text(result, selection.texts()[0]),
                text(result, selection.texts()[1]),
                text(result, selection.texts()[2]),
                text(result, selection.texts()[3]),
                values,
                notANumber);
    }

    private static @Nullable String text(final ResultSet result, final int column) throws SQLException {
        return column == CellSelection.NONE ? null : result.getString(column + 1);
    }

    /**
     * The rows of a chunk.
     *
     * @param before place of the row before its first.
     */
    List<RowCells> rows(final DuckDBDataChunkReader chunk, final RowPlace before) {
        final @Nullable DuckDBReadableVector[] texts = vectors(chunk, selection.texts());
        final @Nullable DuckDBReadableVector[] numbers = vectors(chunk, selection.numbers());
        final @Nullable DuckDBReadableVector[] insteads = vectors(chunk, selection.insteads());
        final int count = Math.toIntExact(chunk.rowCount());
        final List<RowCells> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            final double[] values = new double[numbers.length];
            RowCells.NotANumber notANumber = null;
            for (int i = 0; i < values.length; i++) {
                final DuckDBReadableVector ofNumber = numbers[i];
                if (ofNumber == null || ofNumber.isNull(row)) {
                    values[i] = Double.NaN;
                    notANumber = notANumber == null ? notANumber(i, text(insteads[i], row)) : notANumber;
                } else {
                    values[i] = ofNumber.getDouble(row);
                }
            }
            rows.add(cells(
                    new RowPlace(before.file(), before.row() + row + 1),
                    text(texts[0], row),
                    text(texts[1], row),
                    text(texts[2], row),
                    text(texts[3], row),
                    values,
                    notANumber));
        }
        return rows;
    }

    private static @Nullable DuckDBReadableVector[] vectors(final DuckDBDataChunkReader chunk, final int[] columns) {
        final @Nullable DuckDBReadableVector[] vectors = new DuckDBReadableVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = columns[i] == CellSelection.NONE ? null : chunk.vector(columns[i]);
        }
        return vectors;
    }

    private static @Nullable String text(final @Nullable DuckDBReadableVector vector, final int row) {
        return vector == null ? null : vector.getString(row);
    }

    private RowCells.@Nullable NotANumber notANumber(final int number, final @Nullable String text) {
        return text == null ? null : new RowCells.NotANumber(names.get(number), text);
    }

    private RowCells cells(
            final RowPlace location,
            final @Nullable String queryId,
            final @Nullable String arm,
            final @Nullable String slice,
            final @Nullable String topTen,
            final double[] values,
            final RowCells.@Nullable NotANumber notANumber) {
        final double[] numbers = new double[ofKind];
        System.arraycopy(values, 0, numbers, 0, ofKind);
        final float[] features = new float[values.length - ofKind];
        for (int f = 0; f < features.length; f++) {
            features[f] = (float) values[ofKind + f];
        }
        return new RowCells(location, queryId, arm, slice, documentIds.of(topTen), numbers, features, notANumber);
    }
}
