package io.t1.ops.observation;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * That there is something in queries to learn a table or a gate from: enough of them, features that vary, and arms that
 * some queries gain more from than others. Without one of these whatever is learnt is an accident or nothing. Threading:
 * any.
 */
public final class LearnableQueries {
    /** Fewest queries from which folds can be made sense of. */
    public static final int FEWEST = 50;

    private LearnableQueries() {}

    /**
     * @param source what the user named, for the message.
     * @throws BadInputException if nothing can be learnt, with what is missing and the remedy.
     */
    public static void require(final List<String> source, final MeasuredQueries measured) {
        require(source, measured.featureNames(), QueryVariety.of(measured.queries()));
    }

    /**
     * The same of queries that lie elsewhere.
     *
     * @param source what the user named, for the message.
     * @throws BadInputException as the other.
     */
    public static void require(final List<String> source, final List<String> featureNames, final QueryVariety queries) {
        final String from = String.join(", ", source);
        requireFeatures(from, featureNames, queries.queries(), queries.features(), queries.featuresVary());
        if (!queries.gainsVary()) {
            throw new BadInputException(from + ": all " + queries.queries()
                    + " queries gain the same ndcg10 by an arm (FULL " + queries.fullGain() + ", CHEAP "
                    + queries.cheapGain() + "): there is nothing to choose between them; check ndcg10");
        }
        final double cost = queries.meanCostMicros();
        if (!(cost > 0)) {
            throw new BadInputException(from + ": mean latency_us of FULL less SKIP=" + cost
                    + " <= 0: there is nothing to save; check latency_us");
        }
    }

    /**
     * The same of targets of a user's own: enough queries that weigh anything, a feature and a target that vary.
     *
     * @param source what the user named, for the message.
     * @throws BadInputException if nothing can be learnt, with what is missing and the remedy.
     */
    public static void require(final List<String> source, final TargetQueries targets) {
        final String from = String.join(", ", source);
        requireFeatures(from, targets.featureNames(), targets.features());
        final long weighing =
                Arrays.stream(targets.weights()).filter(weight -> weight > 0).count();
        if (weighing < FEWEST) {
            throw new BadInputException(from + ": queries of weight above 0=" + weighing + " < " + FEWEST
                    + ": too few to learn from; check weight");
        }
        if (Stream.of(targets.tau(), targets.spendCapMs(), targets.minConfGain())
                .allMatch(target -> Arrays.stream(target).distinct().count() == 1)) {
            throw new BadInputException(from + ": neither tau, spend_cap_ms nor min_conf_gain varies over "
                    + targets.size() + " queries: there is nothing to learn; check these columns");
        }
    }

    /**
     * The same of a log: enough queries, under each arm too, a feature and an outcome that vary.
     *
     * @param source what the user named, for the message.
     * @throws BadInputException if nothing can be learnt, with what is missing and the remedy.
     */
    public static void require(final List<String> source, final LoggedQueries logged) {
        final String from = String.join(", ", source);
        final List<LoggedQuery> queries = logged.queries();
        requireFeatures(
                from,
                logged.featureNames(),
                queries.stream().map(LoggedQuery::features).toArray(float[][]::new));
        for (final Arm arm : Arm.values()) {
            final long under =
                    queries.stream().filter(query -> query.arm() == arm).count();
            if (under < FEWEST) {
                throw new BadInputException(from + ": a log with " + under + " of " + queries.size()
                        + " queries under " + arm + " < " + FEWEST
                        + ": too few to tell what it gives; let the node explore"
                        + " (t1 gate --explore) and log more");
            }
        }
        final double first = queries.getFirst().ndcg10();
        if (queries.stream().allMatch(query -> query.ndcg10() == first)) {
            throw new BadInputException(from + ": all " + queries.size() + " queries have the same ndcg10=" + first
                    + ": there is nothing to choose between arms; check ndcg10");
        }
    }

    private static void requireFeatures(final String from, final List<String> names, final float[][] rows) {
        final float[] first = rows.length == 0 ? new float[0] : rows[0];
        requireFeatures(
                from, names, rows.length, first, Arrays.stream(rows).anyMatch(row -> QueryVariety.differ(row, first)));
    }

    private static void requireFeatures(
            final String from,
            final List<String> names,
            final long queries,
            final float[] first,
            final boolean featuresVary) {
        if (queries < FEWEST) {
            throw new BadInputException(from + ": queries=" + queries + " < " + FEWEST
                    + ": too few to learn from and to judge by; collect more");
        }
        if (!featuresVary) {
            throw new BadInputException(from + ": no feature varies over " + queries + " queries ("
                    + String.join(", ", constants(names, first))
                    + "): nothing can be told apart by them; give rows whose features differ between queries");
        }
    }

    private static List<String> constants(final List<String> names, final float[] first) {
        final List<String> constants = new ArrayList<>();
        for (int f = 0; f < first.length; f++) {
            constants.add(names.get(f) + (Float.isNaN(first[f]) ? " missing" : "=" + first[f]));
        }
        return constants;
    }
}
