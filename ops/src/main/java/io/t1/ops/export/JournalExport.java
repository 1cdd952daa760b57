package io.t1.ops.export;

import io.t1.codec.TableKey;
import io.t1.gating.DecisionFlag;
import io.t1.ops.BadInputException;
import io.t1.ops.observation.LoggedQuery;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.sidecar.journal.JournalReader;
import io.t1.sidecar.journal.Observation;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar's journal as logged observations: each decision joined with the first outcome that was reported for it.
 *
 * <p>The journal holds codes, 256 a feature, and not values: a value here is the middle of its code's stretch between two
 * knots, so the table gives it the same code again. A value that was missing has the table's default code, and isn't told
 * from one. Of a feature with categories it is the category; those that its table didn't tell apart are null.
 *
 * <p>Threading: one thread. Memory: what is joined, and the decisions still without an outcome.
 */
public final class JournalExport {
    private final KeptTables tables;
    private final @Nullable TableKey wanted;
    private final Map<Long, Observation.Decision> open = new HashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Map<String, Set<String>> categories = new HashMap<>();
    private final List<LoggedQuery> joined = new ArrayList<>();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long decisions;
    private long outcomes;

    private JournalExport(final KeptTables tables, final @Nullable TableKey wanted) {
        this.tables = tables;
        this.wanted = wanted;
    }

    /**
     * What was read.
     *
     * @param features of all tables met, in the order met.
     * @param categories of the features that have them, by name.
     * @param log one row a decision that could be joined.
     * @param decisions read.
     * @param outcomes read.
     * @param leftOut decisions and outcomes that gave no row, by reason.
     */
    public record Read(
            List<String> features,
            Map<String, List<String>> categories,
            List<LoggedQuery> log,
            long decisions,
            long outcomes,
            Map<String, Long> leftOut) {}

    /**
     * Reads a data directory, also while its sidecar writes.
     *
     * @param wanted traffic; empty: all.
     * @throws BadInputException if there is no journal, or none of its decisions can be joined.
     */
    public static Read of(final Path data, final Optional<TableKey> wanted) {
        final Path directory = data.resolve("journal");
        try (JournalReader journal = new JournalReader(directory)) {
            final JournalExport export = new JournalExport(KeptTables.of(data), wanted.orElse(null));
            for (Observation next = journal.next(); next != null; next = journal.next()) {
                export.add(next);
            }
            return export.read(directory);
        } catch (final NoSuchFileException e) {
            throw new BadInputException(
                    directory
                            + ": no journal: name a sidecar's --data, of one that wasn't started with --journal-mib 0",
                    e);
        } catch (final IllegalStateException e) {
            throw new BadInputException(directory + ": " + e.getMessage(), e);
        }
    }

    private void add(final Observation observation) {
        switch (observation) {
            case Observation.Decision decision -> {
                decisions++;
                if (wanted != null && !wanted.equals(decision.key())) {
                    leaveOut("of other traffic");
                } else if ((decision.flags() & (DecisionFlag.DEGRADED | DecisionFlag.OVERLOADED)) != 0) {
                    leaveOut("answered without looking at the query");
                } else {
                    open.put(decision.decisionId(), decision);
                }
            }
            case Observation.Outcome outcome -> {
                outcomes++;
                join(outcome);
            }
        }
    }

    private void join(final Observation.Outcome outcome) {
        final Observation.Decision decision = open.remove(outcome.decisionId());
        if (decision == null) {
            leaveOut("an outcome of no decision here, or a second one");
            return;
        }
        if (Float.isNaN(outcome.ndcg()) || Float.isNaN(outcome.latencyMicros())) {
            leaveOut("its outcome lacks nDCG or latency");
            return;
        }
        final RouterArtifact table = tables.table(decision.key(), decision.tableVersion());
        if (table == null || table.features().size() != decision.codes().length) {
            leaveOut(
                    decision.tableVersion() == 0
                            ? "decided by the built-in baseline, which has no features"
                            : "its table isn't kept: version " + decision.tableVersion() + " of " + decision.key());
            return;
        }
        joined.add(new LoggedQuery(
                Long.toUnsignedString(decision.decisionId()),
                decision.key().toString(),
                values(table, decision.codes()),
                decision.arm(),
                decision.propensity(),
                outcome.ndcg(),
                outcome.latencyMicros(),
                outcome.topTen()));
    }

    private float[] values(final RouterArtifact table, final byte[] codes) {
        for (final String name : table.featureNames()) {
            columns.putIfAbsent(name, columns.size());
        }
        final float[] row = new float[columns.size()];
        Arrays.fill(row, Float.NaN);
        for (int f = 0; f < codes.length; f++) {
            final FeatureSpec feature = table.features().get(f);
            final int code = codes[f] & 0xFF;
            if (feature.categorical()) {
                categories
                        .computeIfAbsent(feature.name(), name -> new TreeSet<>())
                        .addAll(feature.categories());
            }
            row[columns.getOrDefault(feature.name(), 0)] =
                    feature.categorical() ? CodeMiddle.ofCategory(feature, code) : CodeMiddle.of(feature.knots(), code);
        }
        return row;
    }

    private void leaveOut(final String reason) {
        leftOut.merge(reason, 1L, Long::sum);
    }

    private Read read(final Path directory) {
        if (!open.isEmpty()) {
            leftOut.put("without an outcome", (long) open.size());
        }
        if (joined.isEmpty()) {
            throw new BadInputException(directory + ": no decision with an outcome among " + decisions
                    + " decisions and " + outcomes + " outcomes: " + leftOut
                    + ": nodes report what became of a query by T1Client.outcome");
        }
        final List<LoggedQuery> wide = joined.stream()
                .map(query -> query.features().length == columns.size() ? query : widened(query))
                .toList();
        final Map<String, List<String>> told = new TreeMap<>();
        categories.forEach((feature, names) -> told.put(feature, List.copyOf(names)));
        return new Read(List.copyOf(columns.keySet()), told, wide, decisions, outcomes, leftOut);
    }

    /** A row from before later tables brought more features. */
    private LoggedQuery widened(final LoggedQuery query) {
        final float[] row = Arrays.copyOf(query.features(), columns.size());
        Arrays.fill(row, query.features().length, row.length, Float.NaN);
        return new LoggedQuery(
                query.queryId(),
                query.slice(),
                row,
                query.arm(),
                query.propensity(),
                query.ndcg10(),
                query.latencyMicros(),
                query.topTen());
    }
}
