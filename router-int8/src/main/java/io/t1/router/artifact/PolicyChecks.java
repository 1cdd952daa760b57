package io.t1.router.artifact;

import static io.t1.router.artifact.ArtifactChecks.require;
import static io.t1.router.artifact.ArtifactChecks.requireCount;
import static io.t1.router.artifact.ArtifactChecks.requireFinite;
import static io.t1.router.artifact.ArtifactChecks.requireRange;

import io.t1.codec.Arm;
import java.util.List;

/** What must be true of an artifact's gate, frontier and baseline. */
final class PolicyChecks {
    /** Shares that sum to one in decimals may sum to this much more in float32. */
    private static final double SHARE_ROUNDING = 1e-6;

    private static final int MOST_POINTS = 256;
    private static final int UINT16_MAX = 0xFFFF;

    private PolicyChecks() {}

    static void check(final RouterArtifact artifact) throws RefusedArtifactException {
        checkGate(artifact.gate());
        checkFrontier(artifact.frontier());
        checkConfiguration(
                "$.baseline",
                artifact.baseline().ef(),
                artifact.baseline().topk(),
                artifact.baseline().rerankDepth());
    }

    private static void checkGate(final GateSpec gate) throws RefusedArtifactException {
        requireFinite("$.gate.theta_star", gate.thetaStar());
        requireFinite("$.gate.delta", gate.delta());
        require(gate.delta() >= 0, "$.gate.delta", "delta=" + gate.delta() + " < 0");
        requireFinite("$.gate.tau_mean", gate.tauMean());
        requireCount("$.gate.epsilon", gate.epsilon().length, Arm.COUNT, Arm.COUNT);
        double sum = 0;
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            final float share = gate.epsilon()[arm];
            require(
                    share >= 0 && share <= 1,
                    "$.gate.epsilon." + RouterArtifactWriter.armMember(Arm.ofCode(arm)),
                    "epsilon=" + share + " not in 0..1");
            sum += share;
        }
        require(sum <= 1 + SHARE_ROUNDING, "$.gate.epsilon", "sum=" + sum + " > 1");
    }

    private static void checkFrontier(final List<FrontierPoint> frontier) throws RefusedArtifactException {
        requireCount("$.frontier", frontier.size(), 2, MOST_POINTS);
        final float[] dearest = {-1, -1, -1};
        for (int i = 0; i < frontier.size(); i++) {
            final FrontierPoint point = frontier.get(i);
            final String path = "$.frontier[" + i + "]";
            require(point.arm() != Arm.SKIP, path + ".arm", "SKIP costs nothing and has no frontier");
            checkConfiguration(path, point.ef(), point.topk(), point.rerankDepth());
            final float cost = point.p95CostMs();
            final float before = dearest[point.arm().code()];
            if (!(Float.isFinite(cost) && cost >= 0 && cost >= before)) { // spelt out once it is wrong
                checkCost(path + ".p95_cost_ms", cost, before, point.arm());
            }
            dearest[point.arm().code()] = point.p95CostMs();
        }
        for (final Arm arm : List.of(Arm.CHEAP, Arm.FULL)) {
            require(dearest[arm.code()] >= 0, "$.frontier", "no point for " + arm);
        }
    }

    private static void checkCost(final String path, final float cost, final float before, final Arm arm)
            throws RefusedArtifactException {
        requireFinite(path, cost);
        require(cost >= 0, path, "cost=" + cost + " < 0");
        require(cost >= before, path, "cost=" + cost + " < " + before + ", that of the " + arm + " point before");
    }

    private static void checkConfiguration(final String path, final int ef, final int topk, final int rerankDepth)
            throws RefusedArtifactException {
        requireRange(path + ".ef", ef, 0, UINT16_MAX);
        requireRange(path + ".topk", topk, 1, UINT16_MAX);
        requireRange(path + ".rerank_depth", rerankDepth, 0, UINT16_MAX);
    }
}
