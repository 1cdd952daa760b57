package io.t1.ops.distil;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Jumps in what shapes are fitted to: where a straight line through the queries before a place and one through those after
 * it meet it too far apart for chance. A smooth would turn such a step into a ramp of some hundred queries.
 *
 * <p>A jump counts when its height is {@value #ERRORS} standard errors or more, the noise being that beside it, and when a
 * ramp in its place would lose {@value #LEAST_LOSS} of the target's variance: it costs two of the feature's 17 knots, which
 * all outputs share. Of many queries a smooth reaches less far, and no jump costs so much. Threading: any.
 */
final class ShapeJumps {
    /** Queries to either side that a line is fitted to: twice as far as a smooth reaches. */
    private static final double WINDOW = 300;

    private static final int FEWEST_PLACES = 3;
    /** Far more than chance needs: a curve that bends sharply isn't to be taken for one that jumps. */
    private static final double ERRORS = 8;
    /** What is lost by smoothing over a jump: its height squared, for so many queries. */
    private static final double SMOOTHED_OVER = 40;
    /** The same for a place that a jump lies within: a sixth of its queries, on average. */
    private static final double WITHIN_A_PLACE = 6;

    private static final double LEAST_LOSS = 0.004;
    /** Jumps of a feature. */
    static final int MOST = 3;

    private final double[] mass;
    private final double[] sums;
    private final double[] squares;
    private final double leastHeight;

    private ShapeJumps(final double[] mass, final double[] sums, final double[] squares, final double leastHeight) {
        this.mass = mass;
        this.sums = sums;
        this.squares = squares;
        this.leastHeight = leastHeight;
    }

    /** Whether any jump of a target on so many queries could count: none is higher than two of its standard deviations. */
    static boolean mayCount(final int queries) {
        return 2 * 2 * lostOfSquare(queries) >= LEAST_LOSS;
    }

    /** What is lost where there is a ramp for a jump, per square of its height. */
    private static double lostOfSquare(final int queries) {
        return Math.max(SMOOTHED_OVER / queries, 1 / (WITHIN_A_PLACE * FeatureGrid.MOST));
    }

    /**
     * One jump.
     *
     * @param gap the place before it.
     * @param below what the target comes to there.
     * @param above the same after it.
     * @param errors its height in standard errors.
     */
    record Jump(int gap, double below, double above, double errors) {
        double height() {
            return above - below;
        }
    }

    /**
     * Finds jumps along a feature, the clearest first, {@value #MOST} at most.
     *
     * @param shape as fitted without any.
     * @param places of each query.
     * @param left what all shapes together leave of each query's target.
     * @param weights one a query.
     * @param variance of the target.
     * @param direction of {@link Directions}; one that must be kept rules jumps against it out.
     */
    static List<Jump> find(
            final double[] shape,
            final int[] places,
            final double[] left,
            final double[] weights,
            final double variance,
            final int direction) {
        final double perQuery = places.length / Arrays.stream(weights).sum();
        final double[] mass = new double[shape.length];
        final double[] sums = new double[shape.length];
        final double[] squares = new double[shape.length];
        for (int q = 0; q < places.length; q++) {
            final double weight = weights[q] * perQuery;
            mass[places[q]] += weight;
            sums[places[q]] += weight * (left[q] + shape[places[q]]);
            squares[places[q]] += weight * left[q] * left[q];
        }
        final double leastHeight = Math.sqrt(LEAST_LOSS * variance / lostOfSquare(places.length));
        return new ShapeJumps(mass, sums, squares, leastHeight).clearest(direction);
    }

    private List<Jump> clearest(final int direction) {
        final List<Jump> found = new ArrayList<>();
        while (found.size() < MOST) {
            Jump best = null;
            for (int gap = FEWEST_PLACES - 1; gap + FEWEST_PLACES < mass.length; gap++) {
                final Jump jump = at(gap, found);
                if (jump != null
                        && (best == null || jump.errors() > best.errors())
                        && (!Directions.kept(direction) || direction * jump.height() > 0)) {
                    best = jump;
                }
            }
            if (best == null) {
                break;
            }
            found.add(best);
        }
        return found;
    }

    /** Null where none is clear enough. */
    private @Nullable Jump at(final int gap, final List<Jump> found) {
        final Line before = line(gap, -1, found);
        final Line after = line(gap + 1, 1, found);
        if (before == null || after == null) {
            return null;
        }
        final double height = after.end - before.end;
        final double noise = (before.squares + after.squares) / (before.mass + after.mass);
        final double errors = Math.abs(height) / Math.sqrt(noise * (before.spread + after.spread) + Double.MIN_NORMAL);
        return errors >= ERRORS && Math.abs(height) >= leastHeight
                ? new Jump(gap, before.end, after.end, errors)
                : null;
    }

    /**
     * A line through the places from one on.
     *
     * @param end its value half a place before the first.
     * @param spread of that value, in units of the noise of one query.
     */
    private record Line(double end, double spread, double mass, double squares) {}

    private @Nullable Line line(final int first, final int step, final List<Jump> found) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double t0 = 0;
        double t1 = 0;
        double noise = 0;
        int count = 0;
        for (int i = first; i >= 0 && i < mass.length && (s0 < WINDOW || count < FEWEST_PLACES); i += step) {
            final int passed = step > 0 ? i - 1 : i;
            if (i != first && found.stream().anyMatch(jump -> jump.gap() == passed)) {
                break;
            }
            final double distance = 0.5 + Math.abs(i - first);
            s0 += mass[i];
            s1 += mass[i] * distance;
            s2 += mass[i] * distance * distance;
            t0 += sums[i];
            t1 += sums[i] * distance;
            noise += squares[i];
            count++;
        }
        final double determinant = s0 * s2 - s1 * s1;
        return count < FEWEST_PLACES || s0 < WINDOW / 2 || !(determinant > 0)
                ? null
                : new Line((s2 * t0 - s1 * t1) / determinant, s2 / determinant, s0, noise);
    }

    /**
     * A grid whose places stand right before and right after a jump: at the two rows between which it is likeliest.
     *
     * @param column the feature's values.
     * @param target what the shape is fitted to, a value a query.
     */
    static FeatureGrid moved(final FeatureGrid grid, final Jump jump, final float[] column, final double[] target) {
        final float[] at = grid.places();
        final int gap = jump.gap();
        final int[] near = IntStream.range(0, column.length)
                .filter(q -> column[q] > at[gap - 1] && column[q] < at[gap + 2]) // so none that is missing
                .boxed()
                .sorted(Comparator.comparingDouble(q -> column[q]))
                .mapToInt(Integer::intValue)
                .toArray();
        double best = Double.POSITIVE_INFINITY;
        double lost = 0;
        int split = -1;
        for (int i = 0; i + 1 < near.length; i++) {
            final double value = target[near[i]];
            lost += Math.pow(value - jump.below(), 2) - Math.pow(value - jump.above(), 2);
            if (lost < best && column[near[i + 1]] - column[near[i]] >= Knots.LEAST_WIDTH) {
                best = lost;
                split = i;
            }
        }
        if (split < 0) {
            return grid;
        }
        final float[] moved = at.clone();
        moved[gap] = column[near[split]];
        moved[gap + 1] = column[near[split + 1]];
        final FeatureGrid unmarked = new FeatureGrid(moved, grid.missing());
        return new FeatureGrid(moved, unmarked.nearest(at[grid.missing()]));
    }
}
