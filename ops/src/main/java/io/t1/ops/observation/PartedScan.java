package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is done with each file, and with each part of the queries, where rows are read elsewhere than in this process: by
 * the same code as here, so that the same rows are refused for the same reasons. What was found is a value, since a part
 * may be done twice and must be counted once.
 *
 * <p>Threading: any.
 *
 * @param files to read, by the names under which they are opened.
 * @param features columns to read.
 */
public record PartedScan(List<String> files, List<FeatureColumn> features) implements Serializable {
    /** How many bad rows are too many is said of all files. */
    private static final double ANY_SHARE = 1;

    /** What was found in a file. */
    public sealed interface FileTally extends Serializable {
        /** Its number. */
        int file();
    }

    /** A file that can't be read, and why. */
    record RefusedFile(int file, String message) implements FileTally {}

    /** A file that was read, its bad rows counted. */
    record ReadFile(int file, String name, String sha256, long rows, BadRows.Tally badRows) implements FileTally {}

    /**
     * What was found in gathering a part of the queries.
     *
     * @param badRows that don't go with others of their query.
     * @param lacking rows of queries that lack an arm.
     * @param arms of all queries of the part.
     * @param complete those with every arm.
     */
    public record GroupTally(BadRows.Tally badRows, BadRows.Tally lacking, ArmsFound arms, QueryVariety complete)
            implements Serializable {}

    /** Reads a file and hands on the rows that have no defect of their own. */
    public FileTally read(final int file, final Consumer<PackedRow> rows) {
        final BadRows badRows = new BadRows(ANY_SHARE);
        final List<String> names = features.stream().map(FeatureColumn::name).toList();
        try (ObservationScan scan =
                ObservationScan.open(List.of(Path.of(files.get(file))), features, badRows, Progress.NONE)) {
            scan.rows(RowColumns.FIGURES, cells -> {
                final ObservationRow row = ObservationRow.of(cells);
                final String defect = RowDefects.of(row);
                if (defect == null) {
                    rows.accept(PackedRow.of(row, file));
                } else {
                    badRows.add(row.rejected(defect, names), 1);
                }
            });
            final var input = scan.inputs().getFirst();
            return new ReadFile(file, input.name(), input.sha256(), input.rows(), badRows.tally());
        } catch (final BadInputException refused) {
            return new RefusedFile(file, String.valueOf(refused.getMessage()));
        }
    }

    /**
     * Gathers rows to queries.
     *
     * @param rows all those of some queries, in order of file and row.
     * @param complete takes the queries measured under every arm.
     */
    public GroupTally gather(final Iterator<PackedRow> rows, final Consumer<List<MeasuredQuery>> complete) {
        final BadRows badRows = new BadRows(ANY_SHARE);
        final BadRows lacking = new BadRows(ANY_SHARE);
        final QueryGrouping grouping =
                new QueryGrouping(features.stream().map(FeatureColumn::name).toList(), badRows);
        rows.forEachRemaining(row -> grouping.add(row.row(this)));
        final ArmsFound arms = grouping.arms();
        final List<MeasuredQuery> queries = grouping.complete(lacking);
        complete.accept(queries);
        return new GroupTally(badRows.tally(), lacking.tally(), arms, QueryVariety.of(queries));
    }
}
