package io.t1.ops.distil;

import io.t1.codec.TableKey;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.RouterArtifact;
import java.util.HashSet;
import java.util.List;

/**
 * What a {@link MonotoneRouterDistiller} must know beside its rows. Threading: any, immutable.
 *
 * @param featureNames of the columns of X, 1 to 16, each a lower-case letter and then up to 63 of a-z 0-9 _. A column
 *     named {@code entropy}, {@code query_length} or {@code nl_confidence} is held to the directions of the definitions.
 * @param key the traffic that the table will decide for.
 * @param frontier what CHEAP and FULL are, with their p95 costs in ms, at least one point each. By default a point each
 *     that costs 0 ms, since targets don't say what arms cost: every cap admits it, and keeping to {@code spend_cap_ms} is
 *     the node's until {@code t1 gate --frontier} gives costs that were measured.
 * @param baseline T0.
 * @param seed of the worked examples that travel with the table.
 */
public record RouterDistillationConfig(
        List<String> featureNames, TableKey key, List<FrontierPoint> frontier, BaselineDecision baseline, long seed) {
    /**
     * @throws IllegalArgumentException if there are no names, or more than 16, or one isn't as it must be, or comes twice.
     */
    public RouterDistillationConfig {
        featureNames = List.copyOf(featureNames);
        frontier = List.copyOf(frontier);
        if (featureNames.isEmpty() || featureNames.size() > RouterArtifact.MAX_FEATURES) {
            throw new IllegalArgumentException(
                    "features=" + featureNames.size() + " not in 1.." + RouterArtifact.MAX_FEATURES);
        }
        for (final String name : featureNames) {
            if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
                throw new IllegalArgumentException(
                        "feature \"" + name + "\" isn't a lower-case letter and then up to 63 of a-z 0-9 _");
            }
        }
        if (new HashSet<>(featureNames).size() < featureNames.size()) {
            throw new IllegalArgumentException("features name one column twice: " + String.join(",", featureNames));
        }
    }

    /**
     * The default traffic, arms and baseline, seed 1.
     *
     * @throws IllegalArgumentException as the constructor.
     */
    public static RouterDistillationConfig of(final String... featureNames) {
        return new RouterDistillationConfig(
                List.of(featureNames),
                TableKey.DEFAULT,
                List.of(DistilSettings.CHEAP, DistilSettings.FULL),
                BaselineDecision.SKIP,
                1);
    }

    /** The same for other traffic. */
    public RouterDistillationConfig withKey(final TableKey key) {
        return new RouterDistillationConfig(featureNames, key, frontier, baseline, seed);
    }

    /** The same with other arms. */
    public RouterDistillationConfig withFrontier(final List<FrontierPoint> frontier) {
        return new RouterDistillationConfig(featureNames, key, frontier, baseline, seed);
    }

    /** The same with another baseline. */
    public RouterDistillationConfig withBaseline(final BaselineDecision baseline) {
        return new RouterDistillationConfig(featureNames, key, frontier, baseline, seed);
    }

    /** The same with another seed. */
    public RouterDistillationConfig withSeed(final long seed) {
        return new RouterDistillationConfig(featureNames, key, frontier, baseline, seed);
    }
}
