package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.gating.Frontier;
import io.t1.gating.Gate;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.RouterArtifact;
import java.util.List;

/**
 * Which arm runs when one is chosen: the spend cap over the frontier, and the least gain worth any spend, by the
 * sidecar's own classes. Threading: any.
 */
public final class ArmAdmission {
    private final Frontier frontier;
    private final float tauMean;

    /** By a table's frontier and baseline, and the mean of tau that claims are taken against. */
    public ArmAdmission(final RouterArtifact artifact, final float tauMean) {
        frontier = Frontier.of(artifact.frontier(), artifact.baseline());
        this.tauMean = tauMean;
    }

    /** By a frontier alone, for what isn't a table; without one that fits the cap, SKIP runs. */
    public ArmAdmission(final List<FrontierPoint> points, final float tauMean) {
        frontier = Frontier.of(points, BaselineDecision.SKIP);
        this.tauMean = tauMean;
    }

    /** What thresholds act on, for a table's outputs. */
    public ClaimedArms admit(final TableOutputs outputs) {
        final int n = outputs.size();
        final double[] claim = new double[n];
        final byte[] fullBecomes = new byte[n];
        final byte[] cheapBecomes = new byte[n];
        final float[] gains = outputs.expectedGain();
        for (int q = 0; q < n; q++) {
            claim[q] = outputs.score()[q] + ((double) outputs.tau()[q] - tauMean);
            final float gain = gains == null ? Float.NaN : gains[q];
            if (!Gate.isLowGain(gain, outputs.minConfGain()[q])) {
                final float cap = outputs.spendCapMs()[q];
                fullBecomes[q] = frontier.arm(frontier.configuration(Arm.FULL.code(), cap));
                cheapBecomes[q] = frontier.arm(frontier.configuration(Arm.CHEAP.code(), cap));
            }
        }
        return new ClaimedArms(claim, fullBecomes, cheapBecomes);
    }
}
