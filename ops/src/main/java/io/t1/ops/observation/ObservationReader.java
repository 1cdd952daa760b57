package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.cli.Progress;
import io.t1.router.artifact.RouterArtifact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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

    private final List<FeatureColumn> requestedFeatures;
    private final BadRowPolicy policy;
    private final RowColumns outcomes;

    /**
     * @param requestedFeatures the columns to use as features, in this order, each a name, or {@code name:categorical} for
     *     one of text; empty: every column that is a known {@link ContextFeature}.
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
        this(policy, requestedFeatures.stream().map(FeatureColumn::parse).toList());
    }

    /**
     * The same for columns of which some hold categories.
     *
     * @throws BadInputException as the others.
     */
    public ObservationReader(final BadRowPolicy policy, final List<FeatureColumn> requestedFeatures) {
        final List<String> names =
                requestedFeatures.stream().map(FeatureColumn::name).toList();
        if (requestedFeatures.size() > RouterArtifact.MAX_FEATURES) {
            throw new BadInputException("features=" + requestedFeatures.size() + " > " + RouterArtifact.MAX_FEATURES
                    + ": a table has at most " + RouterArtifact.MAX_FEATURES);
        }
        for (final String name : names) {
            if (NOT_FEATURES.contains(name)) {
                throw new BadInputException(
                        "feature \"" + name + "\" is known only after the decision, or says nothing of the query");
            }
            if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
                throw new BadInputException(
                        "feature \"" + name + "\" isn't a lower-case letter and then up to 63 of a-z 0-9 _");
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new BadInputException("features name one column twice: " + String.join(",", names));
        }
        this.requestedFeatures = List.copyOf(requestedFeatures);
        this.policy = policy;
        this.outcomes = RowColumns.OUTCOMES;
    }

    private ObservationReader(final ObservationReader other, final RowColumns outcomes) {
        requestedFeatures = other.requestedFeatures;
        policy = other.policy;
        this.outcomes = outcomes;
    }

    /** The same, but document ids aren't looked at: {@link MeasuredQuery#topTen} is empty. */
    public ObservationReader figures() {
        return new ObservationReader(this, RowColumns.FIGURES);
    }

    /**
     * Reads files, folders and globs as one set of queries measured under every arm.
     *
     * @throws BadInputException if something named isn't there, isn't readable as what its name says, lacks a column, or
     *     has more bad rows than the policy allows.
     */
    public Observations read(final List<String> names, final Progress progress) {
        return read(names, progress, this::measured);
    }

    /**
     * Reads files, folders and globs as queries measured under every arm, or as a log of one arm a query: as a log when more
     * than half of the first rows of the first file bear a propensity.
     *
     * @throws BadInputException as {@link #read}.
     */
    public ReadHere readMeasuredOrLogged(final List<String> names, final Progress progress) {
        return read(names, progress, scan -> scan.holdsALog() ? logged(scan) : measured(scan));
    }

    /**
     * Has files, folders and globs read elsewhere as one set of queries measured under every arm, which stay there. Rows
     * are refused and counted as they are here.
     *
     * @throws BadInputException as {@link #read}, and if they are a log.
     */
    public PartedObservations readElsewhere(final List<String> names, final ScanPlace place, final Progress progress) {
        return read(names, progress, scan -> {
            if (scan.holdsALog()) {
                throw new BadInputException(scan.firstFile() + ": is a log of one arm a query: only queries measured"
                        + " under every arm are learnt from there; leave --engine out");
            }
            return PartedReading.read(scan, place);
        });
    }

    private Observations measured(final ObservationScan scan) {
        final QueryGrouping grouping = new QueryGrouping(scan.features(), scan.badRows());
        scan.rows(outcomes, cells -> grouping.add(ObservationRow.of(cells)));
        scan.stopWhenTooMany(); // before queries are found to lack what these rows held
        final List<MeasuredQuery> queries = grouping.complete();
        scan.stopWhenTooMany();
        if (queries.isEmpty()) {
            throw new BadInputException(scan.firstFile() + ": no query is measured under every arm");
        }
        return new Observations(
                new MeasuredQueries(scan.features(), scan.categories(), queries),
                scan.inputs(),
                scan.rowsRead(),
                scan.badRows().counts());
    }

    private LoggedObservations logged(final ObservationScan scan) {
        final LogGathering gathering = new LogGathering(scan.features(), scan.categories(), scan.badRows());
        scan.rows(outcomes, cells -> gathering.add(ObservationRow.of(cells)));
        scan.stopWhenTooMany();
        return new LoggedObservations(
                gathering.log(), scan.inputs(), scan.rowsRead(), scan.badRows().counts());
    }

    /**
     * Reads files, folders and globs as one set of queries with targets of a user's own: a row a query, columns {@code
     * query_id}, {@code tau}, {@code spend_cap_ms}, {@code min_conf_gain}, features, and optionally {@code weight}.
     *
     * @throws BadInputException as {@link #read}.
     */
    public TargetObservations readTargets(final List<String> names, final Progress progress) {
        for (final FeatureColumn feature : requestedFeatures) {
            if (RowColumns.TARGETS.numbers().contains(feature.name())) {
                throw new BadInputException(
                        "feature \"" + feature.name() + "\" is a target or the weight: it can't be learnt from");
            }
        }
        return read(names, progress, scan -> {
            final TargetGathering gathering = new TargetGathering(scan.features(), scan.categories(), scan.badRows());
            scan.rows(RowColumns.TARGETS, cells -> gathering.add(TargetRow.of(cells)));
            scan.stopWhenTooMany();
            return new TargetObservations(
                    gathering.queries(),
                    scan.inputs(),
                    scan.rowsRead(),
                    scan.badRows().counts());
        });
    }

    /**
     * Profiles rows one by one, whether measured under every arm or logged.
     *
     * @throws BadInputException as {@link #read}.
     */
    public ObservationProfile profile(final List<String> names, final Progress progress) {
        return read(names, progress, scan -> {
            final ObservationProfiler profiler =
                    new ObservationProfiler(scan.features(), scan.categories(), scan.badRows());
            scan.rows(RowColumns.OUTCOMES, cells -> profiler.add(ObservationRow.of(cells)));
            scan.stopWhenTooMany();
            return profiler.profile(scan);
        });
    }

    private <T> T read(final List<String> names, final Progress progress, final Function<ObservationScan, T> taking) {
        policy.rejects().ifPresent(WholeFile::requireWritable);
        final BadRows badRows = new BadRows(policy.mostShare());
        final T taken;
        try (ObservationScan scan =
                ObservationScan.open(ObservationFiles.of(names), requestedFeatures, badRows, progress)) {
            taken = taking.apply(scan);
        } catch (final BadInputException stopped) {
            keepBeside(stopped, badRows);
            throw stopped;
        }
        keep(badRows);
        return taken;
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
}
