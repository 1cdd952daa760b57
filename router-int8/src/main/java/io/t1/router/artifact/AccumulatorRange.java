package io.t1.router.artifact;

/**
 * Bounds that no codes can make an output's accumulator leave. Without pairs both are reached; with pairs that share a
 * feature they may not be.
 *
 * @param least no accumulator is below.
 * @param most no accumulator is above.
 */
public record AccumulatorRange(long least, long most) {
    /** Accumulators stay under this in size, so that float32 holds them exactly. */
    public static final int LIMIT = 1 << 24;

    private static final int CODES = 256;

    /** Walks all codes of every feature, and all cells of every pair. */
    public static AccumulatorRange of(final RouterArtifact artifact, final int output) {
        final OutputSpec spec = artifact.outputs().get(output);
        long least = spec.bias();
        long most = spec.bias();
        for (final byte[] knots : spec.values()) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int code = 0; code < CODES; code++) {
                final int piece = 64 * GoldenVectors.piece(knots, code);
                low = Math.min(low, piece);
                high = Math.max(high, piece);
            }
            least += low;
            most += high;
        }
        for (final PairSpec pair : artifact.pairs()) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            // bilinear in each cell: its extremes are among the codes at the cell's corners, the last being 31 of 32
            for (int a = 0; a < CODES; a += (a & 31) == 0 ? 31 : 1) {
                for (int b = 0; b < CODES; b += (b & 31) == 0 ? 31 : 1) {
                    final int q = GoldenVectors.pair(pair.grids()[output], a, b);
                    low = Math.min(low, q);
                    high = Math.max(high, q);
                }
            }
            least += low;
            most += high;
        }
        return new AccumulatorRange(least, most);
    }

    /** Whether every accumulator is under {@link #LIMIT} in size. */
    public boolean isExactInFloat32() {
        return least > -LIMIT && most < LIMIT;
    }
}
