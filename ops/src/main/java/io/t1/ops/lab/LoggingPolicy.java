package io.t1.ops.lab;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.lab.corpus.SeededHash;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.List;

/**
 * Which one arm a node that logs would have run, and with what probability: uniform over the arms, or SKIP but for a
 * share of queries whose arm is drawn uniformly. The draw depends on the query's id and the seed alone.
 *
 * @param epsilon the share drawn uniformly, 0 to 1; 1 is uniform.
 */
public record LoggingPolicy(double epsilon) {
    /** Every arm alike. */
    public static final LoggingPolicy UNIFORM = new LoggingPolicy(1);

    private static final String EPSILON = "epsilon=";

    /**
     * Reads {@code uniform} or {@code epsilon=E} with E in (0, 1].
     *
     * @throws BadInputException if it is neither.
     */
    public static LoggingPolicy parse(final String text) {
        if (text.equals("uniform")) {
            return UNIFORM;
        }
        if (text.startsWith(EPSILON)) {
            try {
                final double epsilon = Double.parseDouble(text.substring(EPSILON.length()));
                if (epsilon > 0 && epsilon <= 1) {
                    return new LoggingPolicy(epsilon);
                }
            } catch (final NumberFormatException e) {
                throw new BadInputException("--log=" + text + ": E isn't a number", e);
            }
            throw new BadInputException("--log=" + text + ": E not in (0, 1]; without any draw nothing can be learnt");
        }
        throw new BadInputException("--log=" + text + " is neither uniform nor epsilon=E");
    }

    /** The probability of an arm. */
    public double propensity(final Arm arm) {
        return epsilon / Arm.COUNT + (arm == Arm.SKIP ? 1 - epsilon : 0);
    }

    /** The arm of a query. */
    public Arm choose(final String queryId, final long seed) {
        double left = SeededHash.unit(seed, "log:" + queryId);
        for (final Arm arm : Arm.values()) {
            left -= propensity(arm);
            if (left < 0) {
                return arm;
            }
        }
        return Arm.FULL; // the probabilities' sum was rounded to under 1
    }

    /** What would have been logged of queries whose arms were all measured. */
    public List<LoggedQuery> log(final MeasuredQueries measured, final long seed) {
        return measured.queries().stream()
                .map(query -> logged(query, choose(query.queryId(), seed)))
                .toList();
    }

    private LoggedQuery logged(final MeasuredQuery query, final Arm arm) {
        return new LoggedQuery(
                query.queryId(),
                query.slice(),
                query.features(),
                arm,
                propensity(arm),
                query.ndcg10()[arm.code()],
                query.latencyMicros()[arm.code()],
                query.topTen().get(arm.code()));
    }
}
