package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.Serializable;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How many arms queries have.
 *
 * @param queries in all.
 * @param withOne of these with a single arm.
 * @param first row of all; null for none.
 */
record ArmsFound(long queries, long withOne, @Nullable RowPlace first) implements Serializable {
    static final ArmsFound NONE = new ArmsFound(0, 0, null);

    /** Of these queries and others. */
    ArmsFound and(final ArmsFound others, final Comparator<RowPlace> order) {
        final RowPlace theirs = others.first;
        final boolean mine = theirs == null || (first != null && order.compare(first, theirs) <= 0);
        return new ArmsFound(queries + others.queries, withOne + others.withOne, mine ? first : theirs);
    }

    /**
     * Refuses rows of which no two are of one query.
     *
     * @throws BadInputException then.
     */
    void requireMoreThanOne() {
        if (queries > 0 && withOne == queries) {
            throw new BadInputException(first
                    + " and all others: each query has one arm only (logged rows): t1 distil learns from such"
                    + " when they bear a propensity; else queries measured under SKIP, CHEAP and FULL are needed, as t1"
                    + " lab replays them");
        }
    }
}
