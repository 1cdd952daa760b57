package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.codec.Arm;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One decision worked out from the definitions alone, slowly: a second witness that shares no code with what it judges.
 *
 * @param outputs tau, spend cap, least gain, score that the gate used, expected gain; NaN where there is none.
 */
record ReferenceDecision(
        float[] outputs, int[] accumulators, Arm arm, int ef, int topk, int rerankDepth, float propensity, int flags) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /**
     * @param codes one a feature, 0 to 255.
     * @param nodeScore NaN for none.
     * @param seed of exploration.
     */
    static ReferenceDecision of(
            final RouterArtifact artifact,
            final int[] codes,
            final float nodeScore,
            final long seed,
            final long decisionId) {
        final int[] acc = new int[artifact.outputs().size()];
        final float[] y = {Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        for (int o = 0; o < acc.length; o++) {
            final OutputSpec spec = artifact.outputs().get(o);
            acc[o] = accumulator(artifact, o, codes);
            final float product = spec.scale() * acc[o];
            y[o] = Math.min(Math.max(spec.offset() + product, spec.lo()), spec.hi());
        }
        int flags = 0;
        if (!Float.isNaN(nodeScore)) {
            y[3] = nodeScore;
            flags |= 1 << 5;
        }
        final float theta =
                artifact.gate().thetaStar() - (y[0] - artifact.gate().tauMean());
        Arm greedy = Arm.SKIP;
        if (y[3] >= theta) {
            greedy = Arm.FULL;
        } else if (theta - artifact.gate().delta() <= y[3]) {
            greedy = Arm.CHEAP;
        }
        if (acc.length == 5 && y[4] < y[2] && greedy != Arm.SKIP) {
            greedy = Arm.SKIP;
            flags |= 1 << 2;
        }
        final float[] epsilon = artifact.gate().epsilon();
        final double sum = (double) epsilon[0] + epsilon[1] + epsilon[2];
        final double draw = draw(seed, decisionId);
        Arm wanted = greedy;
        if (draw < sum) {
            flags |= 1;
            wanted = draw < epsilon[0] ? Arm.SKIP : draw < (double) epsilon[0] + epsilon[1] ? Arm.CHEAP : Arm.FULL;
        }
        final Arm done = capped(artifact, wanted, y[1]).map(FrontierPoint::arm).orElse(Arm.SKIP);
        flags |= done == wanted ? 0 : 1 << 1;
        double propensity = 0;
        for (final Arm any : Arm.values()) {
            if (capped(artifact, any, y[1]).map(FrontierPoint::arm).orElse(Arm.SKIP) == done) {
                propensity += epsilon[any.code()] + (any == greedy ? 1 - sum : 0);
            }
        }
        final var baseline = artifact.baseline();
        final FrontierPoint point = capped(artifact, wanted, y[1])
                .orElse(new FrontierPoint(
                        Arm.SKIP,
                        baseline.ef(),
                        baseline.topk(),
                        baseline.arm() == Arm.SKIP ? baseline.rerankDepth() : 0,
                        0));
        return new ReferenceDecision(
                y, acc, done, point.ef(), point.topk(), point.rerankDepth(), (float) propensity, flags);
    }

    /** Fails unless decision q of the batch is this one: outputs to the bit, propensity to float32's rounding. */
    void assertSame(final DecisionBatch actual, final int q, final String where) {
        assertEquals(arm, Arm.ofCode(actual.arm(q)), where + ": arm");
        assertEquals(ef, actual.ef(q), where + ": ef");
        assertEquals(topk, actual.topk(q), where + ": topk");
        assertEquals(rerankDepth, actual.rerankDepth(q), where + ": rerank depth");
        assertEquals(flags, actual.flags(q), where + ": flags");
        assertEquals(propensity, actual.propensity(q), 1e-6f, where + ": propensity");
        assertBits(outputs[0], actual.tau(q), where + ": tau");
        assertBits(outputs[1], actual.spendCapMs(q), where + ": spend cap");
        assertBits(outputs[2], actual.minConfGain(q), where + ": least gain");
        assertBits(outputs[3], actual.score(q), where + ": score");
        assertBits(outputs[4], actual.expectedGain(q), where + ": expected gain");
    }

    /** The JDK's own SplitMix64, set to the position of the decision. */
    static double draw(final long seed, final long decisionId) {
        final long start = new SplittableRandom(seed - GOLDEN_GAMMA).nextLong();
        return new SplittableRandom(start + (decisionId - 1) * GOLDEN_GAMMA).nextDouble();
    }

    private static void assertBits(final float expected, final float actual, final String what) {
        assertEquals(
                Float.floatToIntBits(expected), Float.floatToIntBits(actual), what + " " + expected + ", " + actual);
    }

    private static int accumulator(final RouterArtifact artifact, final int o, final int[] codes) {
        final OutputSpec spec = artifact.outputs().get(o);
        int acc = spec.bias();
        for (int f = 0; f < codes.length; f++) {
            final int s = codes[f] / 16;
            final int r = codes[f] % 16;
            final byte[] k = spec.values()[f];
            acc += 64 * ((16 - r) * k[s] + r * k[s + 1]);
        }
        for (final PairSpec pair : artifact.pairs()) {
            final int first = codes[pair.first()];
            final int second = codes[pair.second()];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    final int rf = i == 0 ? 32 - first % 32 : first % 32;
                    final int rg = j == 0 ? 32 - second % 32 : second % 32;
                    acc += rf * rg * pair.grids()[o][9 * (first / 32 + i) + second / 32 + j];
                }
            }
        }
        return acc;
    }

    /** The largest configuration within the cap: of the wanted arm, else of those below; none is SKIP. */
    private static Optional<FrontierPoint> capped(
            final RouterArtifact artifact, final Arm wanted, final float spendCapMs) {
        for (final Arm arm : List.of(Arm.FULL, Arm.CHEAP)) {
            final Optional<FrontierPoint> largest = artifact.frontier().stream()
                    .filter(p -> p.arm() == arm && p.p95CostMs() <= spendCapMs)
                    .max(Comparator.comparingDouble(FrontierPoint::p95CostMs));
            if (arm.compareTo(wanted) <= 0 && largest.isPresent()) {
                return largest;
            }
        }
        return Optional.empty();
    }
}
