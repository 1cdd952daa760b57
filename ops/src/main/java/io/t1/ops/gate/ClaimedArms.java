package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.AscendingOrder;
import java.util.Arrays;

/**
 * What a table says of queries, reduced to what thresholds act on.
 *
 * @param claim {@code score + tau - tau_mean} of each query: what is held against the bars.
 * @param fullBecomes the arm that runs when FULL is chosen: FULL, or less under the spend cap, or SKIP when the expected
 *     gain is under the least worth any spend.
 * @param cheapBecomes the same for CHEAP.
 */
public record ClaimedArms(double[] claim, byte[] fullBecomes, byte[] cheapBecomes) {
    /** The arm of each query under two bars. */
    public byte[] armsUnder(final Thresholds thresholds) {
        final byte[] arms = new byte[claim.length];
        for (int q = 0; q < arms.length; q++) {
            if (claim[q] >= thresholds.full()) {
                arms[q] = fullBecomes[q];
            } else if (claim[q] >= thresholds.cheap()) {
                arms[q] = cheapBecomes[q];
            } else {
                arms[q] = Arm.SKIP.code();
            }
        }
        return arms;
    }

    /** Queries by claim, highest first; equal claims in order of query. */
    int[] byClaim() {
        return AscendingOrder.of(Arrays.stream(claim).map(one -> -one).toArray());
    }

    /** The same for some of the queries, in the order of {@code indexes}. */
    public ClaimedArms at(final int[] indexes) {
        final byte[] full = new byte[indexes.length];
        final byte[] cheap = new byte[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            full[i] = fullBecomes[indexes[i]];
            cheap[i] = cheapBecomes[indexes[i]];
        }
        return new ClaimedArms(Arrays.stream(indexes).mapToDouble(q -> claim[q]).toArray(), full, cheap);
    }

    /** Queries. */
    public int size() {
        return claim.length;
    }
}
