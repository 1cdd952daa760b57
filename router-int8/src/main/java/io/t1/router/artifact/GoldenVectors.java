package io.t1.router.artifact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Worked examples that travel with a table: computed here from the artifact itself, by the definitions, so that a
 * kernel that gives something else is wrong.
 */
public final class GoldenVectors {
    private GoldenVectors() {}

    /**
     * Makes the examples for an artifact: all codes 0, all 255, each feature's default, and random ones.
     *
     * @param artifact its own golden vectors aren't looked at.
     * @param seed the same seed gives the same examples.
     * @param count how many, 3 or more.
     */
    public static List<GoldenVector> of(final RouterArtifact artifact, final long seed, final int count) {
        if (count < 3) {
            throw new IllegalArgumentException("golden vectors count=" + count + " < 3");
        }
        final int features = artifact.features().size();
        final SplittableRandom random = new SplittableRandom(seed);
        final List<GoldenVector> golden = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final int[] codes = new int[features];
            for (int f = 0; f < features; f++) {
                codes[f] = switch (i) {
                    case 0 -> 0;
                    case 1 -> 255;
                    case 2 -> artifact.features().get(f).defaultCode();
                    default -> random.nextInt(256);
                };
            }
            golden.add(new GoldenVector(codes, accumulate(artifact, codes)));
        }
        return List.copyOf(golden);
    }

    /**
     * The accumulators of one query: steps 2 to 4 of the definitions' "Router table".
     *
     * @param codes one a feature, 0 to 255.
     * @return one an output.
     */
    public static int[] accumulate(final RouterArtifact artifact, final int[] codes) {
        final int[] accumulators = new int[artifact.outputs().size()];
        for (int o = 0; o < accumulators.length; o++) {
            final OutputSpec output = artifact.outputs().get(o);
            int pieces = 0;
            for (int f = 0; f < codes.length; f++) {
                pieces += piece(output.values()[f], codes[f]);
            }
            int pairs = 0;
            for (final PairSpec pair : artifact.pairs()) {
                pairs += pair(pair.grids()[o], codes[pair.first()], codes[pair.second()]);
            }
            accumulators[o] = output.bias() + 64 * pieces + pairs;
        }
        return accumulators;
    }

    /** {@code p(f,o,c)} of a feature's 17 knot values, in sixteenths of an INT8 step: 64 accumulator steps each. */
    public static int piece(final byte[] knots, final int code) {
        final int s = code >> 4;
        final int r = code & 15;
        return (16 - r) * knots[s] + r * knots[s + 1];
    }

    /** {@code q} of one pair's 81 grid values, in 1,024ths of an INT8 step: an accumulator step each. */
    public static int pair(final byte[] grid, final int first, final int second) {
        final int corner = PairSpec.LINES * (first >> 5) + (second >> 5);
        final int r = first & 31;
        final int t = second & 31;
        return (32 - r) * ((32 - t) * grid[corner] + t * grid[corner + 1])
                + r * ((32 - t) * grid[corner + PairSpec.LINES] + t * grid[corner + PairSpec.LINES + 1]);
    }

    static void check(final RouterArtifact artifact) throws RefusedArtifactException {
        for (int i = 0; i < artifact.golden().size(); i++) {
            final GoldenVector golden = artifact.golden().get(i);
            final int[] computed = accumulate(artifact, golden.codes());
            if (!Arrays.equals(computed, golden.accumulators())) {
                throw new RefusedArtifactException(
                        "$.golden[" + i + "].accumulators",
                        Arrays.toString(golden.accumulators()) + " but the table gives " + Arrays.toString(computed)
                                + " for codes " + Arrays.toString(golden.codes()));
            }
        }
    }
}
