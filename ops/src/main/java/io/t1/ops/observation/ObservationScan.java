package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.router.artifact.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One pass over observation files, row by row. Threading: one thread. */
final class ObservationScan implements AutoCloseable {
    private final DuckDbFiles database;
    private final List<Path> files;
    private final List<FeatureColumn> features;
    private final BadRows badRows;
    private final Progress progress;
    private final List<Provenance.Input> inputs = new ArrayList<>();
    private long rowsRead;

    private ObservationScan(
            final DuckDbFiles database,
            final List<Path> files,
            final List<FeatureColumn> features,
            final BadRows badRows,
            final Progress progress) {
        this.database = database;
        this.files = files;
        this.features = features;
        this.badRows = badRows;
        this.progress = progress;
    }

    /**
     * Begins one.
     *
     * @param requestedFeatures columns; empty: every column of the first file that is a known {@link ContextFeature}.
     */
    static ObservationScan open(
            final List<Path> files,
            final List<FeatureColumn> requestedFeatures,
            final BadRows badRows,
            final Progress progress) {
        // a look for the first row goes through all that a file unpacks to, blank lines too
        progress.report("looking at files", 0, files.size());
        final DuckDbFiles database = DuckDbFiles.open();
        try {
            final List<FeatureColumn> features =
                    requestedFeatures.isEmpty() ? knownFeatures(database, files.getFirst()) : requestedFeatures;
            return new ObservationScan(
                    database,
                    files,
                    features.stream()
                            .map(feature -> declared(database, files, feature))
                            .toList(),
                    badRows,
                    progress);
        } catch (final RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Hands every row of a kind on that can be read as one; the others are counted as bad. Once. */
    void rows(final RowColumns kind, final Consumer<RowCells> taking) {
        final RowBound bound = RowBound.of(files);
        for (int i = 0; i < files.size(); i++) {
            final Path file = files.get(i);
            progress.report("reading observations", i, files.size());
            final String sha256 = sha256(file);
            final long read = database.read(file, kind, features, bound.over(file, taking, badRows), badRows);
            if (read == 0) {
                throw new BadInputException(file + ": holds no rows: one row a query and arm is expected");
            }
            inputs.add(new Provenance.Input(String.valueOf(file.getFileName()), sha256, read));
            rowsRead += read;
        }
        progress.report("reading observations", files.size(), files.size());
    }

    /** Whether more than half of the first rows of the first file bear a propensity. */
    boolean holdsALog() {
        return database.areLogged(firstFile());
    }

    /** The files, in order. */
    List<Path> files() {
        return files;
    }

    /** The columns that rows bear as features, and how their values are taken. */
    List<FeatureColumn> columns() {
        return features;
    }

    /** The columns that rows bear as features. */
    List<String> features() {
        return features.stream().map(FeatureColumn::name).toList();
    }

    /** The categories of those that have them, by name. */
    Map<String, List<String>> categories() {
        return FeatureColumn.categories(features);
    }

    /** Categories are chosen before any row is taken: over all files, and by how often they stand there alone. */
    private static FeatureColumn declared(
            final DuckDbFiles database, final List<Path> files, final FeatureColumn feature) {
        if (!(feature instanceof FeatureColumn.Sought)) {
            return feature;
        }
        final Map<String, Long> rowsByText = new HashMap<>();
        files.forEach(file -> database.countTexts(file, feature, rowsByText));
        return CategoryColumn.declared(files.getFirst(), feature.name(), rowsByText);
    }

    BadRows badRows() {
        return badRows;
    }

    /** Files read so far. */
    List<Provenance.Input> inputs() {
        return List.copyOf(inputs);
    }

    /** Rows read so far, bad ones included. */
    long rowsRead() {
        return rowsRead;
    }

    Path firstFile() {
        return files.getFirst();
    }

    /** As {@link BadRows#stopWhenTooMany}. */
    void stopWhenTooMany() {
        badRows.stopWhenTooMany(rowsRead);
    }

    @Override
    public void close() {
        database.close();
    }

    private static List<FeatureColumn> knownFeatures(final DuckDbFiles database, final Path file) {
        final Set<String> columns = database.columns(file).keySet();
        final List<FeatureColumn> known = new ArrayList<>();
        for (final ContextFeature feature : ContextFeature.values()) {
            if (columns.contains(feature.columnName())) {
                known.add(new FeatureColumn.Numeric(feature.columnName()));
            }
        }
        if (known.isEmpty()) {
            throw new BadInputException(file + ": no feature column: none of " + ColumnNames.listed(columns)
                    + " is a known feature such as entropy or query_length; name yours with --features");
        }
        return known;
    }

    private static String sha256(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
