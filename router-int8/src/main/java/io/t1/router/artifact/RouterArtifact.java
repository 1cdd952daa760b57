package io.t1.router.artifact;

import io.t1.codec.TableKey;
import java.util.List;

/**
 * A router table with all that a decision needs, on the heap: what {@code router_distilled_int8.json} holds.
 *
 * <p>Arrays inside belong to the artifact and are never changed after construction.
 *
 * @param key the traffic it decides for.
 * @param features 1 to 16.
 * @param outputs 4 or 5, in the order of {@link OutputName}.
 * @param pairs 0 to 8.
 * @param monotone what must hold, at least what the definitions demand of the features present.
 * @param gate thresholds and exploration.
 * @param frontier the harvest frontier, ascending in cost within an arm; at least one point for CHEAP and for FULL.
 * @param baseline T0.
 * @param provenance where it came from.
 * @param golden worked examples.
 */
public record RouterArtifact(
        TableKey key,
        List<FeatureSpec> features,
        List<OutputSpec> outputs,
        List<PairSpec> pairs,
        List<MonotoneConstraint> monotone,
        GateSpec gate,
        List<FrontierPoint> frontier,
        BaselineDecision baseline,
        Provenance provenance,
        List<GoldenVector> golden) {
    /** Most features a table may have. */
    public static final int MAX_FEATURES = 16;
    /** Most pairs a table may have. */
    public static final int MAX_PAIRS = 8;
    /** Outputs that every table has: all but {@code expected_gain}. */
    public static final int MIN_OUTPUTS = 4;

    /** Where a feature of this name stands, or -1. */
    public int featureIndex(final String name) {
        for (int f = 0; f < features.size(); f++) {
            if (features.get(f).name().equals(name)) {
                return f;
            }
        }
        return -1;
    }

    /** Where an output stands, or -1. */
    public int outputIndex(final OutputName name) {
        return name.ordinal() < outputs.size() ? name.ordinal() : -1;
    }

    /** The features' names, in the table's order. */
    public List<String> featureNames() {
        return features.stream().map(FeatureSpec::name).toList();
    }

    /** The same table with other worked examples. */
    public RouterArtifact withGolden(final List<GoldenVector> golden) {
        return new RouterArtifact(
                key, features, outputs, pairs, monotone, gate, frontier, baseline, provenance, golden);
    }
}
