package io.t1.ops.distil;

import io.t1.codec.TableKey;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.RouterArtifact;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link MonotoneRouterDistiller} must know beside its rows. Threading: any, immutable.
 *
 * @param featureNames of the columns of X, 1 to 16, each a lower-case letter and then up to 63 of a-z 0-9 _. A column
 *     named {@code entropy}, {@code query_length} or {@code nl_confidence} is held to the directions of the definitions.
 * @param categories of the columns that have some, by name, 1 to 15 each; their values in X are {@link
 *     io.t1.codec.CategoryValue}s, and those of other categories count as one.
 * @param key the traffic that the table will decide for.
 * @param frontier what CHEAP and FULL are, with their p95 costs in ms, at least one point each. By default a point each
 *     that costs 0 ms, since targets don't say what arms cost: every cap admits it, and keeping to {@code spend_cap_ms} is
 *     the node's until {@code t1 gate --frontier} gives costs that were measured.
 * @param baseline T0.
 * @param seed of the worked examples that travel with the table.
 */
public record RouterDistillationConfig(
        List<String> featureNames,
        Map<String, List<String>> categories,
        TableKey key,
        List<FrontierPoint> frontier,
        BaselineDecision baseline,
        long seed) {
    /**
     * @throws IllegalArgumentException if there are no names, or more than 16, or one isn't as it must be, or comes twice.
     */
    public RouterDistillationConfig {
        featureNames = List.copyOf(featureNames);
        frontier = List.copyOf(frontier);
        final Map<String, List<String>> ordered = new TreeMap<>();
        for (final Map.Entry<String, List<String>> column : categories.entrySet()) {
            final String name = column.getKey();
            if (!featureNames.contains(name)) {
                throw new IllegalArgumentException("categories of \"" + name + "\", which isn't a feature");
            }
            if (!MonotoneConstraints.requiredFor(List.of(name)).isEmpty()) {
                throw new IllegalArgumentException(
                        "categories of " + name + ": outputs must rise or fall with it, and categories have no order");
            }
            ordered.put(name, CategoryKnots.feature(name, column.getValue()).categories());
        }
        categories = Collections.unmodifiableMap(ordered);
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
                Map.of(),
                TableKey.DEFAULT,
                List.of(DistilSettings.CHEAP, DistilSettings.FULL),
                BaselineDecision.SKIP,
                1);
    }

    /**
     * The same with categories in a column.
     *
     * @throws IllegalArgumentException if it is no feature or must keep an order, or the categories aren't 1 to 15 that
     *     differ.
     */
    public RouterDistillationConfig withCategories(final String featureName, final List<String> ofFeature) {
        final Map<String, List<String>> more = new TreeMap<>(categories);
        more.put(featureName, ofFeature);
        return new RouterDistillationConfig(featureNames, more, key, frontier, baseline, seed);
    }

    /** The same for other traffic. */
    public RouterDistillationConfig withKey(final TableKey key) {
        return new RouterDistillationConfig(featureNames, categories, key, frontier, baseline, seed);
    }

    /** The same with other arms. */
    public RouterDistillationConfig withFrontier(final List<FrontierPoint> frontier) {
        return new RouterDistillationConfig(featureNames, categories, key, frontier, baseline, seed);
    }

    /** The same with another baseline. */
    public RouterDistillationConfig withBaseline(final BaselineDecision baseline) {
        return new RouterDistillationConfig(featureNames, categories, key, frontier, baseline, seed);
    }

    /** The same with another seed. */
    public RouterDistillationConfig withSeed(final long seed) {
        return new RouterDistillationConfig(featureNames, categories, key, frontier, baseline, seed);
    }
}
