package io.t1.ops.distil;

import java.util.Arrays;

/** How an output may go with a feature. */
final class Directions {
    /** It may fall as the feature rises, and is smooth in it. */
    static final int FREE = 0;
    /** It never falls as the feature rises. */
    static final int RISES = 1;
    /** It never rises as the feature rises. */
    static final int FALLS = -1;
    /** The feature has categories: neighbours have nothing in common, so nothing is smoothed across them. */
    static final int UNORDERED = 2;

    private Directions() {}

    /** Whether a direction must be kept. */
    static boolean kept(final int direction) {
        return direction == RISES || direction == FALLS;
    }

    /** The same with nothing to keep. */
    static int[] unconstrained(final int[] directions) {
        return Arrays.stream(directions)
                .map(direction -> direction == UNORDERED ? UNORDERED : FREE)
                .toArray();
    }

    /** The same for whoever takes categories for numbers, as trees do. */
    static int[] constraints(final int[] directions) {
        return Arrays.stream(directions)
                .map(direction -> kept(direction) ? direction : FREE)
                .toArray();
    }
}
