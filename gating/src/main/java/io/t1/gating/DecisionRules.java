package io.t1.gating;

import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import java.util.List;

/**
 * What an artifact says about its decisions but for the table itself: shared by the snapshots that are made of or like it.
 *
 * @param key the traffic.
 * @param featureNames in the table's order.
 * @param quantiser of these features; keeps their knots.
 * @param gate thresholds.
 * @param exploration on or off.
 * @param frontier the harvest frontier.
 * @param baseline T0.
 * @param featureSetId of names and order.
 * @param quantiserId of knots and default codes.
 * @param hasExpectedGain whether the table gives an expected gain.
 */
record DecisionRules(
        TableKey key,
        List<String> featureNames,
        Quantiser quantiser,
        Gate gate,
        Exploration exploration,
        Frontier frontier,
        BaselineDecision baseline,
        long featureSetId,
        long quantiserId,
        boolean hasExpectedGain) {
    static DecisionRules of(final RouterArtifact artifact) {
        return new DecisionRules(
                artifact.key(),
                artifact.featureNames(),
                Quantiser.of(artifact.features()),
                Gate.of(artifact.gate()),
                Exploration.of(artifact.gate().epsilon()),
                Frontier.of(artifact.frontier(), artifact.baseline()),
                artifact.baseline(),
                FeatureIdentity.featureSetId(artifact.features()),
                FeatureIdentity.quantiserId(artifact.features()),
                artifact.outputs().size() > OutputName.EXPECTED_GAIN.ordinal());
    }

    /** The same with a quantiser that suits a kernel. */
    DecisionRules withKernel(final KernelKind kind) {
        final Quantiser suited = quantiser.withKernel(kind);
        return suited == quantiser
                ? this
                : new DecisionRules(
                        key,
                        featureNames,
                        suited,
                        gate,
                        exploration,
                        frontier,
                        baseline,
                        featureSetId,
                        quantiserId,
                        hasExpectedGain);
    }
}
