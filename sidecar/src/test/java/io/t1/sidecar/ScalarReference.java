package io.t1.sidecar;

import io.t1.codec.Arm;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RouterArtifact;

/**
 * A decision by the definitions alone, slowly: shares no code with the server.
 *
 * @param tau first output.
 * @param spendCapMs second.
 * @param minConfGain third.
 * @param score fourth.
 * @param expectedGain fifth.
 * @param ef of the configuration chosen.
 */
record ScalarReference(
        float tau, float spendCapMs, float minConfGain, float score, float expectedGain, Arm arm, int ef) {
    static ScalarReference of(final RouterArtifact table, final float[] features) {
        final int[] codes = new int[features.length];
        for (int f = 0; f < codes.length; f++) {
            codes[f] = code(table, f, features[f]);
        }
        final float[] y = new float[5];
        for (int o = 0; o < y.length; o++) {
            final OutputSpec output = table.outputs().get(o);
            final float product = output.scale() * accumulator(table, o, codes);
            y[o] = Math.min(Math.max(output.offset() + product, output.lo()), output.hi());
        }
        final float theta = table.gate().thetaStar() - (y[0] - table.gate().tauMean());
        Arm wanted = y[3] >= theta ? Arm.FULL : y[3] >= theta - table.gate().delta() ? Arm.CHEAP : Arm.SKIP;
        if (y[4] < y[2]) {
            wanted = Arm.SKIP;
        }
        Arm arm = Arm.SKIP;
        int ef = table.baseline().ef();
        float dearest = -1;
        for (final FrontierPoint point : table.frontier()) {
            final boolean better =
                    point.arm().compareTo(arm) > 0 || (point.arm() == arm && point.p95CostMs() > dearest);
            if (point.arm().compareTo(wanted) <= 0 && point.p95CostMs() <= y[1] && better) {
                arm = point.arm();
                ef = point.ef();
                dearest = point.p95CostMs();
            }
        }
        return new ScalarReference(y[0], y[1], y[2], y[3], y[4], arm, ef);
    }

    private static int code(final RouterArtifact table, final int feature, final float x) {
        if (Float.isNaN(x)) {
            return table.features().get(feature).defaultCode();
        }
        final float[] knots = table.features().get(feature).knots();
        int s = 0;
        while (s < 15 && x >= knots[s + 1]) {
            s++;
        }
        final float sixteenths = 16f / (knots[s + 1] - knots[s]);
        return 16 * s + Math.clamp((int) ((x - knots[s]) * sixteenths), 0, 15);
    }

    private static int accumulator(final RouterArtifact table, final int o, final int[] codes) {
        final OutputSpec output = table.outputs().get(o);
        int acc = output.bias();
        for (int f = 0; f < codes.length; f++) {
            final int s = codes[f] / 16;
            final int r = codes[f] % 16;
            final byte[] k = output.values()[f];
            acc += 64 * ((16 - r) * k[s] + r * k[s + 1]);
        }
        for (final PairSpec pair : table.pairs()) {
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
}
