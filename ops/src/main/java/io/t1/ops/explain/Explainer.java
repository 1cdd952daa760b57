package io.t1.ops.explain;

import io.t1.codec.Arm;
import io.t1.gating.Decider;
import io.t1.gating.DeciderContext;
import io.t1.gating.DeciderThread;
import io.t1.gating.Decision;
import io.t1.gating.Gate;
import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains a table's decisions, by the classes that the sidecar decides with. Exploration is off: an explored arm has no
 * reason but chance.
 *
 * <p>An additive table explains itself: each feature's share of an output is a number that stands in the table, so shares
 * are exact, and add up. They are counted from a query of which nothing is known, whose every feature has the declared
 * default code.
 *
 * <p>Threading: one thread.
 */
public final class Explainer implements AutoCloseable {
    private static final int STEPS_A_PIECE = 64;

    private final RouterArtifact artifact;
    private final Quantiser quantiser;
    private final Decider decider;
    private final DeciderThread thread;

    /**
     * @throws RefusedArtifactException if the table fails a check.
     */
    public Explainer(final RouterArtifact artifact) throws RefusedArtifactException {
        this.artifact = artifact;
        quantiser = Quantiser.of(artifact.features());
        decider = Decider.open(
                withoutExploration(artifact),
                new DeciderContext().kernel(KernelKind.LOOKUP).seed(0));
        thread = decider.newReader();
    }

    /**
     * Explains one query.
     *
     * @param features in the table's order, NaN for unknown; infinite ones count as beyond the last knot.
     * @param nodeScore the node's own score, NaN for the table's.
     */
    public Explanation explain(final float[] features, final float nodeScore) {
        final Decision decision = thread.decide(features, nodeScore);
        final Arm arm = decision.arm();
        final float score = decision.score();
        final float tau = decision.tau();
        final float[] values = values(decision);
        if (!Float.isNaN(nodeScore)) {
            values[OutputName.SCORE.ordinal()] =
                    thread.decide(features, Float.NaN).score();
        }
        final Gate gate = Gate.of(artifact.gate());
        final float fullBar =
                artifact.gate().thetaStar() - (tau - artifact.gate().tauMean());
        final FlipSearch flips = new FlipSearch(artifact, quantiser, thread);
        return new Explanation(
                arm,
                Arm.ofCode(gate.armByScore(score, tau)),
                score,
                fullBar,
                fullBar - artifact.gate().delta(),
                outputs(features, values),
                flips.of(features, nodeScore, score, arm));
    }

    private List<OutputExplanation> outputs(final float[] features, final float[] values) {
        final byte[] quantised = new byte[features.length];
        quantiser.quantise(features, quantised);
        final int[] codes = new int[features.length];
        final int[] unknown = new int[features.length];
        for (int f = 0; f < codes.length; f++) {
            codes[f] = quantised[f] & 0xFF;
            unknown[f] = artifact.features().get(f).defaultCode();
        }
        final int[] base = GoldenVectors.accumulate(artifact, unknown);
        final int[] own = GoldenVectors.accumulate(artifact, codes);
        final List<OutputExplanation> outputs = new ArrayList<>();
        for (int o = 0; o < own.length; o++) {
            final OutputSpec output = artifact.outputs().get(o);
            outputs.add(new OutputExplanation(
                    output.name(),
                    base[o],
                    output.offset() + (double) output.scale() * base[o],
                    contributions(o, codes, unknown),
                    own[o],
                    values[o],
                    values[o] != output.offset() + output.scale() * own[o]));
        }
        return List.copyOf(outputs);
    }

    private List<Contribution> contributions(final int output, final int[] codes, final int[] unknown) {
        final OutputSpec spec = artifact.outputs().get(output);
        final List<Contribution> contributions = new ArrayList<>();
        for (int f = 0; f < codes.length; f++) {
            final byte[] knots = spec.values()[f];
            final int steps =
                    STEPS_A_PIECE * (GoldenVectors.piece(knots, codes[f]) - GoldenVectors.piece(knots, unknown[f]));
            contributions.add(contribution(artifact.features().get(f).name(), steps, spec));
        }
        for (final PairSpec pair : artifact.pairs()) {
            final byte[] grid = pair.grids()[output];
            final int steps = GoldenVectors.pair(grid, codes[pair.first()], codes[pair.second()])
                    - GoldenVectors.pair(grid, unknown[pair.first()], unknown[pair.second()]);
            final String term = artifact.features().get(pair.first()).name() + " x "
                    + artifact.features().get(pair.second()).name();
            contributions.add(contribution(term, steps, spec));
        }
        return List.copyOf(contributions);
    }

    private static Contribution contribution(final String term, final int steps, final OutputSpec output) {
        return new Contribution(term, steps, (double) output.scale() * steps);
    }

    private static float[] values(final Decision decision) {
        return new float[] {
            decision.tau(), decision.spendCapMs(), decision.minConfGain(), decision.score(), decision.expectedGain()
        };
    }

    private static RouterArtifact withoutExploration(final RouterArtifact artifact) {
        final GateSpec gate = artifact.gate();
        return new RouterArtifact(
                artifact.key(),
                artifact.features(),
                artifact.outputs(),
                artifact.pairs(),
                artifact.monotone(),
                new GateSpec(gate.thetaStar(), gate.delta(), gate.tauMean(), new float[Arm.COUNT]),
                artifact.frontier(),
                artifact.baseline(),
                artifact.provenance(),
                artifact.golden());
    }

    @Override
    public void close() {
        thread.close();
        decider.close();
    }
}
