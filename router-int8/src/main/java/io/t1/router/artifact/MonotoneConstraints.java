package io.t1.router.artifact;

import io.t1.router.artifact.MonotoneConstraint.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The constraints that every table must keep: the definitions' "Monotone". */
public final class MonotoneConstraints {
    private static final List<MonotoneConstraint> MANDATORY = List.of(
            new MonotoneConstraint("entropy", OutputName.TAU, Direction.INCREASING),
            new MonotoneConstraint("entropy", OutputName.SPEND_CAP_MS, Direction.INCREASING),
            new MonotoneConstraint("query_length", OutputName.TAU, Direction.INCREASING),
            new MonotoneConstraint("query_length", OutputName.SPEND_CAP_MS, Direction.INCREASING),
            new MonotoneConstraint("nl_confidence", OutputName.MIN_CONF_GAIN, Direction.DECREASING));

    private MonotoneConstraints() {}

    /**
     * What a table of these features must keep: {@code tau} and {@code spend_cap_ms} rise with {@code entropy} and
     * {@code query_length}; {@code min_conf_gain} falls with {@code nl_confidence}.
     *
     * @param featureNames in any order.
     * @return always in the same order; empty when none of these features is there.
     */
    public static List<MonotoneConstraint> requiredFor(final Collection<String> featureNames) {
        final List<MonotoneConstraint> required = new ArrayList<>();
        for (final MonotoneConstraint constraint : MANDATORY) {
            if (featureNames.contains(constraint.feature())) {
                required.add(constraint);
            }
        }
        return List.copyOf(required);
    }
}
