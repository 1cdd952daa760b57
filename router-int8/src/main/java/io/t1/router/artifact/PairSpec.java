package io.t1.router.artifact;

/**
 * The interaction of two features: a 9 x 9 grid of INT8 values an output.
 *
 * @param first index of the feature whose code picks the row.
 * @param second index of the feature whose code picks the column, above {@code first}.
 * @param grids {@code grids[o][9 * row + column]}.
 */
public record PairSpec(int first, int second, byte[][] grids) {
    /** Grid lines a feature. */
    public static final int LINES = 9;
}
