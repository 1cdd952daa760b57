package io.t1.ops.drift;

import io.t1.ops.statistics.PopulationStability;
import java.util.List;

/**
 * One feature's way from the rows that a table was learnt from.
 *
 * @param feature its name.
 * @param stability over the table's segments and one cell for missing values.
 * @param learnt counts a cell of the rows learnt from.
 * @param seen counts a cell of the rows looked at.
 */
public record FeatureDrift(String feature, PopulationStability stability, List<Long> learnt, List<Long> seen) {
    private static final double STABLE = 0.1;
    private static final double DRIFTED = 0.25;

    /** What an index comes to. */
    public enum Outcome {
        /** Under 0.1, or no more than noise. */
        STABLE,
        /** 0.1 to 0.25. */
        SHIFTED,
        /** Over 0.25. */
        DRIFTED,
        /** So few rows that noise alone may reach 0.25, and the index is no more than that. */
        INCONCLUSIVE
    }

    /** What the index comes to. */
    public Outcome outcome() {
        if (stability.index() <= stability.noise()) {
            return stability.noise() > DRIFTED ? Outcome.INCONCLUSIVE : Outcome.STABLE;
        }
        if (stability.index() > DRIFTED) {
            return Outcome.DRIFTED;
        }
        return stability.index() > STABLE ? Outcome.SHIFTED : Outcome.STABLE;
    }
}
