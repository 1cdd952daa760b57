package io.t1.ops.gate;

import io.t1.codec.Arm;
import java.util.SplittableRandom;

/** Small seeded problems of choosing arms. */
final class RandomOutcomes {
    private RandomOutcomes() {}

    static MeasuredArms arms(final int queries, final SplittableRandom random) {
        final double[][] ndcg10 = new double[Arm.COUNT][queries];
        final double[][] latencyMs = new double[Arm.COUNT][queries];
        for (int q = 0; q < queries; q++) {
            ndcg10[0][q] = random.nextDouble();
            ndcg10[1][q] = random.nextInt(3) == 0 ? ndcg10[0][q] : random.nextDouble();
            ndcg10[2][q] = random.nextInt(4) == 0 ? ndcg10[0][q] : random.nextDouble();
            latencyMs[0][q] = 0.1 + 0.1 * random.nextDouble();
            latencyMs[1][q] = latencyMs[0][q] + 0.2 + random.nextDouble();
            latencyMs[2][q] = latencyMs[1][q] + 0.2 + 2 * random.nextDouble();
        }
        return new MeasuredArms(ndcg10, latencyMs);
    }

    /** Claims with ties; some queries capped to CHEAP or SKIP. */
    static ClaimedArms claims(final int queries, final SplittableRandom random) {
        final double[] claim = new double[queries];
        final byte[] full = new byte[queries];
        final byte[] cheap = new byte[queries];
        for (int q = 0; q < queries; q++) {
            claim[q] = random.nextInt(2 * queries) / (double) queries - 0.5;
            cheap[q] = (byte) (random.nextInt(6) == 0 ? 0 : 1);
            full[q] = random.nextInt(6) == 0 ? cheap[q] : 2;
        }
        return new ClaimedArms(claim, full, cheap);
    }
}
