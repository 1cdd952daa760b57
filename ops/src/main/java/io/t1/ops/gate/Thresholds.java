package io.t1.ops.gate;

import io.t1.codec.Arm;

/**
 * Two bars on one axis, {@code score + tau - tau_mean}: from {@code full} up FULL, from {@code cheap} up CHEAP.
 *
 * @param full at least {@code cheap}.
 * @param cheap where spending starts.
 */
public record Thresholds(double full, double cheap) {
    /** Above every claim: a score and a tau are at most 1 each. */
    static final double ABOVE_ALL = 4;
    /** By how much a bar that everybody is to clear lies below the least claim: more than a float32 is rounded by. */
    private static final double MARGIN = 1e-6;
    /** Spends on nothing. */
    public static final Thresholds CLOSED = new Thresholds(ABOVE_ALL, ABOVE_ALL);

    /**
     * The bar where no query seen is refused: at their least claim and not at the bottom of the scale, so that a node that sends
     * a lower score than any seen is still heard.
     */
    static double justBelow(final double leastClaim) {
        return leastClaim - MARGIN;
    }

    /** {@code theta_star}. */
    public float thetaStar() {
        return (float) full;
    }

    /** {@code delta}. */
    public float delta() {
        return (float) (full - cheap);
    }

    /**
     * The bars under which {@code to} gives FULL and CHEAP to the same shares of its queries as these bars give to
     * {@code from}'s, caps and least gains applied. Where its caps leave fewer for FULL, no more of the others are spent on.
     *
     * @param from queries that these bars were chosen on.
     * @param to queries under the table whose bars are wanted.
     */
    public Thresholds transferred(final ClaimedArms from, final ClaimedArms to) {
        final byte[] arms = from.armsUnder(this);
        final int[] order = to.byClaim();
        final int wantedFull = scaled(count(arms, Arm.FULL), from.size(), to.size());
        final int wantedSpent = wantedFull + scaled(count(arms, Arm.CHEAP), from.size(), to.size());
        int fullPosition = 0;
        int full = 0;
        int spent = 0;
        while (fullPosition < order.length && full < wantedFull && spent < wantedSpent) {
            final byte becomes = to.fullBecomes()[order[fullPosition++]];
            full += becomes == Arm.FULL.code() ? 1 : 0;
            spent += becomes == Arm.SKIP.code() ? 0 : 1;
        }
        int cheapPosition = fullPosition;
        while (cheapPosition < order.length && spent < wantedSpent) {
            spent += to.cheapBecomes()[order[cheapPosition++]] == Arm.SKIP.code() ? 0 : 1;
        }
        return new Thresholds(barAt(fullPosition, order, to.claim()), barAt(cheapPosition, order, to.claim()));
    }

    private static double barAt(final int position, final int[] order, final double[] claim) {
        if (position == 0) {
            return ABOVE_ALL;
        }
        return position == order.length
                ? justBelow(claim[order[position - 1]])
                : (claim[order[position - 1]] + claim[order[position]]) / 2;
    }

    private static int scaled(final int count, final int of, final int to) {
        return (int) Math.round((double) count / of * to);
    }

    private static int count(final byte[] arms, final Arm arm) {
        int count = 0;
        for (final byte code : arms) {
            count += code == arm.code() ? 1 : 0;
        }
        return count;
    }
}
