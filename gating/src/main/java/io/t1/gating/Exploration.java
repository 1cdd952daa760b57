package io.t1.gating;

import io.t1.codec.Arm;

/**
 * Epsilon per arm: with chance {@code epsilon[a]} arm a is wanted, with what is left the greedy arm.
 *
 * <p>The spend cap binds explored arms too, so two wanted arms may end in one. What is logged is the chance of the arm
 * that was done: {@code propensity(r) = sum over wanted arms a that end in r of P(a)}, with {@code P(a) = epsilon[a] +
 * (1 - sum epsilon) * [a is greedy]}. Propensities of the arms that can be reached under a cap sum to one.
 *
 * <p>A draw is a function of a thread's seed and of the decision's id alone (SplitMix64 at that position: Steele, Lea,
 * Flood, "Fast splittable pseudorandom number generators", 2014), so a journal can be replayed to the same arms, and no
 * state is shared or kept.
 *
 * <p>Threading: any. Allocation: none.
 */
public final class Exploration {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double ULP_OF_DRAWS = 0x1.0p-53;

    /** {@code below[a]}: a draw under it, and under none before, wants arm a. */
    private final double[] below = new double[Arm.COUNT];

    private final double greedy;

    private Exploration(final float[] epsilon) {
        double sum = 0;
        for (int a = 0; a < Arm.COUNT; a++) {
            sum = Math.min(1, sum + epsilon[a]);
            below[a] = sum;
        }
        greedy = 1 - sum;
    }

    /**
     * @param epsilon chance of exploring each arm, by {@link Arm#code()}; none negative, summing to at most 1.
     */
    public static Exploration of(final float[] epsilon) {
        return new Exploration(epsilon);
    }

    /** Whether any arm is explored at all. */
    public boolean isOn() {
        return greedy < 1;
    }

    /** The draw for a decision, uniform in [0, 1), a multiple of 2^-53. */
    public static double draw(final long seed, final long decisionId) {
        return (mix(mix(seed) + decisionId * GOLDEN_GAMMA) >>> 11) * ULP_OF_DRAWS;
    }

    /** Whether a draw explores; the arm it wants may be the greedy one all the same. */
    public boolean explores(final double draw) {
        return draw < below[Arm.COUNT - 1];
    }

    /** Code of the arm that a draw wants. */
    public int wanted(final double draw, final int greedyArm) {
        for (int a = 0; a < Arm.COUNT; a++) {
            if (draw < below[a]) {
                return a;
            }
        }
        return greedyArm;
    }

    /**
     * The chance of ending in an arm, over all draws.
     *
     * @param done code of the arm that was done, after the cap.
     * @param greedyArm code of the arm that the gate wanted, before the cap.
     */
    public float propensity(final int done, final int greedyArm, final Frontier frontier, final float spendCapMs) {
        double chance = 0;
        for (int a = 0; a < Arm.COUNT; a++) {
            if (frontier.arm(frontier.configuration(a, spendCapMs)) == done) {
                chance += below[a] - (a == 0 ? 0 : below[a - 1]);
                if (a == greedyArm) {
                    chance += greedy;
                }
            }
        }
        return (float) chance;
    }

    private static long mix(final long position) {
        long z = position;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
