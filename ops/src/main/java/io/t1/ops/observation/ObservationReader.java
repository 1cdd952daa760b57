package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.cli.Progress;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads observations with full information: a row a query and arm, columns {@code query_id}, {@code arm},
 * {@code ndcg10}, {@code latency_us}, features, and optionally {@code slice} and {@code top10}.
 *
 * <p>Parquet, CSV and JSON Lines, the last two also gzipped or zstd-compressed, by name. Nothing in a file is trusted:
 * a row that can't be used is counted by its reason, and past a share of such rows reading stops; a sample of them may be
 * kept in a file.
 *
 * <p>Threading: any, a call at a time each.
 */
public final class ObservationReader {
    private static final Set<String> NOT_FEATURES =
            Set.of("query_id", "arm", "slice", "ndcg10", "latency_us", "top10", "propensity");

    private final List<String> requestedFeatures;
    private final BadRowPolicy policy;

    /**
     * @param requestedFeatures the columns to use as features, in this order; empty: every column that is a known
     *     {@link ContextFeature}.
     * @throws BadInputException if more than 16 are named, one twice, or one that can't be known before deciding.
     */
    public ObservationReader(final List<String> requestedFeatures) {
        this(requestedFeatures, BadRowPolicy.STANDARD);
    }

    /**
     * The same with a policy for rows that can't be used.
     *
     * @throws BadInputException as the other.
     */
    public ObservationReader(final List<String> requestedFeatures, final BadRowPolicy policy) {
        if (requestedFeatures.size() > RouterArtifact.MAX_FEATURES) {
            throw new BadInputException("features=" + requestedFeatures.size() + " > " + RouterArtifact.MAX_FEATURES
                    + ": a table has at most " + RouterArtifact.MAX_FEATURES);
        }
        for (final String name : requestedFeatures) {
            if (NOT_FEATURES.contains(name)) {
                throw new BadInputException(
                        "feature \"" + name + "\" is known only after the decision, or says nothing of the query");
            }
            if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
                throw new BadInputException(
                        "feature \"" + name + "\" isn't a lower-case letter and then up to 63 of a-z 0-9 _");
            }
        }
        if (new HashSet<>(requestedFeatures).size() < requestedFeatures.size()) {
            throw new BadInputException("features name one column twice: " + String.join(",", requestedFeatures));
        }
        this.requestedFeatures = List.copyOf(requestedFeatures);
        this.policy = policy;
    }

    /**
     * Reads files, folders and globs as one set of observations.
     *
     * @throws BadInputException if something named isn't there, isn't readable as what its name says, lacks a column, or
     *     has more than 1 % bad rows.
     */
    public Observations read(final List<String> names, final Progress progress) {
        policy.rejects().ifPresent(WholeFile::requireWritable);
        final List<Path> files = ObservationFiles.of(names);
        final BadRows badRows = new BadRows(policy.mostShare());
        final Observations read;
        try {
            read = read(files, badRows, progress);
        } catch (final BadInputException stopped) {
            keepBeside(stopped, badRows);
            throw stopped;
        }
        keep(badRows);
        return read;
    }

    private Observations read(final List<Path> files, final BadRows badRows, final Progress progress) {
        final List<Provenance.Input> inputs = new ArrayList<>();
        long rows = 0;
        try (DuckDbFiles database = DuckDbFiles.open()) {
            final List<String> features = featuresOf(database, files.getFirst());
            final QueryGrouping grouping = new QueryGrouping(features, badRows);
            for (int i = 0; i < files.size(); i++) {
                final Path file = files.get(i);
                progress.report("reading observations", i, files.size());
                final String sha256 = sha256(file);
                final long read = database.read(file, features, grouping::add, badRows);
                if (read == 0) {
                    throw new BadInputException(file + ": holds no rows: one row a query and arm is expected");
                }
                inputs.add(new Provenance.Input(String.valueOf(file.getFileName()), sha256, read));
                rows += read;
            }
            progress.report("reading observations", files.size(), files.size());
            badRows.stopWhenTooMany(rows); // before queries are found to lack what these rows held
            final List<MeasuredQuery> queries = grouping.complete();
            badRows.stopWhenTooMany(rows);
            if (queries.isEmpty()) {
                throw new BadInputException(files.getFirst() + ": no query is measured under every arm");
            }
            return new Observations(new MeasuredQueries(features, queries), inputs, rows, badRows.counts());
        }
    }

    /** Rows are kept when reading stopped, too: then most of all. Why it stopped is what the user must hear. */
    private void keepBeside(final BadInputException stopped, final BadRows badRows) {
        try {
            keep(badRows);
        } catch (final BadInputException notKept) {
            stopped.addSuppressed(notKept);
        }
    }

    private void keep(final BadRows badRows) {
        final List<RejectedRow> rejected = badRows.sampled();
        if (!rejected.isEmpty()) {
            policy.rejects().ifPresent(file -> RejectsFile.write(file, rejected));
        }
    }

    private List<String> featuresOf(final DuckDbFiles database, final Path file) {
        if (!requestedFeatures.isEmpty()) {
            return requestedFeatures;
        }
        final var columns = database.columns(file).keySet();
        final List<String> known = new ArrayList<>();
        for (final ContextFeature feature : ContextFeature.values()) {
            if (columns.contains(feature.columnName())) {
                known.add(feature.columnName());
            }
        }
        if (known.isEmpty()) {
            throw new BadInputException(file + ": no feature column: none of " + String.join(", ", columns)
                    + " is a known feature such as entropy or query_length; name yours with --features");
        }
        return known;
    }

    private static String sha256(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
