package io.t1.gating;

import io.t1.router.artifact.GateSpec;

/**
 * From score and tau to an arm: {@code theta_q = theta_star - (tau_q - tau_mean)}; {@code score >= theta_q} is FULL,
 * {@code theta_q - delta <= score < theta_q} CHEAP, else SKIP (definitions, "Gate").
 *
 * <p>Computed in float32, in the order written, so that every caller decides alike to the bit. Rounding is monotone:
 * neither a higher score nor a higher tau ever lowers the arm. A comparison with NaN is false: a NaN score or tau is
 * SKIP. An infinite score is compared like any other.
 *
 * <p>Threading: any. Allocation: none.
 */
public final class Gate {
    /** In the place of an arm's code: SKIP, since the gain is too small. */
    static final int WITHHELD = 3;

    private final float thetaStar;
    private final float delta;
    private final float tauMean;

    private Gate(final float thetaStar, final float delta, final float tauMean) {
        this.thetaStar = thetaStar;
        this.delta = delta;
        this.tauMean = tauMean;
    }

    /** The gate of a table's thresholds. */
    public static Gate of(final GateSpec spec) {
        return new Gate(spec.thetaStar(), spec.delta(), spec.tauMean());
    }

    /** Code of the arm that score and tau ask for, before {@link #isLowGain}. */
    public int armByScore(final float score, final float tau) {
        final float theta = thetaStar - (tau - tauMean);
        // delta isn't negative: what passes the upper bar passes the lower one
        return (score >= theta ? 1 : 0) + (score >= theta - delta ? 1 : 0);
    }

    /**
     * The same after {@link #isLowGain}.
     *
     * @return the code, or {@link #WITHHELD} where the gain withholds an arm.
     */
    int greedy(final float score, final float tau, final float expectedGain, final float minConfGain) {
        final int asked = armByScore(score, tau);
        return asked > 0 && isLowGain(expectedGain, minConfGain) ? WITHHELD : asked;
    }

    float thetaStar() {
        return thetaStar;
    }

    float delta() {
        return delta;
    }

    float tauMean() {
        return tauMean;
    }

    /**
     * Whether the gain is too small for any spend: {@code expected_gain < min_conf_gain}. False when either is NaN, as
     * expected gain is where the table has none: the rule is skipped.
     */
    public static boolean isLowGain(final float expectedGain, final float minConfGain) {
        return expectedGain < minConfGain;
    }
}
