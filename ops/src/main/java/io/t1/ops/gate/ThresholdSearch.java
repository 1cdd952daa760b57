package io.t1.ops.gate;

import io.t1.codec.Arm;
import java.util.Arrays;

/**
 * The two bars that gain most under one linear constraint.
 *
 * <p>With queries sorted by claim, bars are two positions {@code i <= m}: the first i get FULL, the next up to m CHEAP.
 * Gain and load of a choice are then differences of prefix sums. The dual is a convex, piecewise linear function of one
 * multiplier, minimised between two supporting lines; each of its evaluations is one pass, since the best i for every m
 * is a running maximum. The primal is the best pair that keeps the limit, by enumeration; above
 * {@value #MOST_POSITIONS} distinct claims, of that many evenly spread positions.
 *
 * <p>Threading: one thread an instance.
 */
final class ThresholdSearch {
    private static final int MOST_POSITIONS = 2_000;
    private static final int MOST_DUAL_STEPS = 200;
    private static final double TOLERANCE = 1e-6;

    private final double[] sortedClaims;
    private final int[] positions;
    private final double[] fullGain;
    private final double[] cheapGain;
    private final double[] fullLoad;
    private final double[] cheapLoad;
    private final double skipLoad;
    private final int n;

    /**
     * @param load of each arm and query; SKIP's is spent by every query that gets nothing.
     */
    ThresholdSearch(final ClaimedArms claimed, final MeasuredArms measured, final double[][] load) {
        n = claimed.size();
        final int[] order = claimed.byClaim();
        sortedClaims = Arrays.stream(order).mapToDouble(q -> claimed.claim()[q]).toArray();
        final int[] all = distinctPositions(sortedClaims);
        positions = thinned(all);
        fullGain = new double[positions.length];
        cheapGain = new double[positions.length];
        fullLoad = new double[positions.length];
        cheapLoad = new double[positions.length];
        final int skip = Arm.SKIP.code();
        double gainOfFull = 0;
        double gainOfCheap = 0;
        double loadOfFull = 0;
        double loadOfCheap = 0;
        int next = 0;
        for (int rank = 0; rank <= n; rank++) {
            if (next < positions.length && positions[next] == rank) {
                fullGain[next] = gainOfFull;
                cheapGain[next] = gainOfCheap;
                fullLoad[next] = loadOfFull;
                cheapLoad[next] = loadOfCheap;
                next++;
            }
            if (rank < n) {
                final int q = order[rank];
                final int full = claimed.fullBecomes()[q];
                final int cheap = claimed.cheapBecomes()[q];
                gainOfFull += measured.gain(full, q);
                gainOfCheap += measured.gain(cheap, q);
                loadOfFull += load[full][q] - load[skip][q];
                loadOfCheap += load[cheap][q] - load[skip][q];
            }
        }
        skipLoad = Arrays.stream(load[skip]).sum();
    }

    /**
     * A choice of bars.
     *
     * @param thresholds midway between the claims on either side.
     * @param meanGain over SKIP, on the queries searched.
     * @param meanLoad on the queries searched.
     * @param multiplier gain per unit of load at the dual's optimum: 0 when the constraint doesn't bind.
     * @param dualBound the most mean gain that any mixture of bars could reach.
     */
    record Found(Thresholds thresholds, double meanGain, double meanLoad, double multiplier, double dualBound) {
        /** The dual's distance from the primal, as a share of the Lagrangian. */
        double relativeGap() {
            return dualBound == 0 ? 0 : Math.max(0, dualBound - meanGain) / Math.abs(dualBound);
        }
    }

    /**
     * Searches under {@code mean load <= limit}.
     *
     * @return what spends nothing when nothing else keeps the limit.
     */
    Found under(final double limit) {
        final double budget = limit * n - skipLoad;
        final Dual dual = dual(budget);
        int bestFull = 0;
        int bestCheap = 0;
        double best = 0;
        double bestLoad = 0;
        for (int i = 0; i < positions.length; i++) {
            for (int m = i; m < positions.length; m++) {
                final double load = fullLoad[i] - cheapLoad[i] + cheapLoad[m];
                final double gain = fullGain[i] - cheapGain[i] + cheapGain[m];
                if (load <= budget && (gain > best || (gain == best && load < bestLoad))) {
                    best = gain;
                    bestLoad = load;
                    bestFull = i;
                    bestCheap = m;
                }
            }
        }
        final Thresholds thresholds = new Thresholds(bar(positions[bestFull]), bar(positions[bestCheap]));
        return new Found(thresholds, best / n, (bestLoad + skipLoad) / n, dual.multiplier, dual.bound / n);
    }

    private record Dual(double multiplier, double bound) {}

    private record Line(double gain, double load) {
        double at(final double multiplier, final double budget) {
            return gain + multiplier * (budget - load);
        }
    }

    /** Minimises {@code max over bars of gain - multiplier * (load - budget)} over multipliers of 0 and more. */
    private Dual dual(final double budget) {
        Line dear = supportAt(0);
        if (dear.load <= budget) {
            return new Dual(0, dear.gain);
        }
        double high = 1e-9;
        Line spare = supportAt(high);
        while (spare.load > budget && high < 1e12) {
            dear = spare;
            high *= 4;
            spare = supportAt(high);
        }
        double multiplier = high;
        for (int step = 0; step < MOST_DUAL_STEPS; step++) {
            // where the two supporting lines cross: no multiplier can do better than that
            multiplier = (dear.gain - spare.gain) / (dear.load - spare.load);
            final Line between = supportAt(multiplier);
            final double lowest = dear.at(multiplier, budget);
            if (between.at(multiplier, budget) - lowest <= TOLERANCE * Math.abs(lowest)) {
                break;
            }
            if (between.load > budget) {
                dear = between;
            } else {
                spare = between;
            }
        }
        return new Dual(multiplier, supportAt(multiplier).at(multiplier, budget));
    }

    private Line supportAt(final double multiplier) {
        double bestFull = Double.NEGATIVE_INFINITY;
        int full = 0;
        double best = Double.NEGATIVE_INFINITY;
        Line line = new Line(0, 0);
        for (int m = 0; m < positions.length; m++) {
            final double lead = fullGain[m] - cheapGain[m] - multiplier * (fullLoad[m] - cheapLoad[m]);
            if (lead > bestFull) {
                bestFull = lead;
                full = m;
            }
            final double value = bestFull + cheapGain[m] - multiplier * cheapLoad[m];
            if (value > best) {
                best = value;
                line = new Line(
                        fullGain[full] - cheapGain[full] + cheapGain[m],
                        fullLoad[full] - cheapLoad[full] + cheapLoad[m]);
            }
        }
        return line;
    }

    private double bar(final int position) {
        if (position == 0) {
            return Thresholds.ABOVE_ALL;
        }
        return position == n
                ? Thresholds.justBelow(sortedClaims[n - 1])
                : (sortedClaims[position - 1] + sortedClaims[position]) / 2;
    }

    private static int[] distinctPositions(final double[] sortedClaims) {
        final int[] positions = new int[sortedClaims.length + 1];
        int count = 0;
        for (int p = 0; p <= sortedClaims.length; p++) {
            // a bar must lie between two float32 values
            if (p == 0 || p == sortedClaims.length || sortedClaims[p - 1] - sortedClaims[p] > 1e-6) {
                positions[count++] = p;
            }
        }
        return Arrays.copyOf(positions, count);
    }

    private static int[] thinned(final int[] positions) {
        if (positions.length <= MOST_POSITIONS) {
            return positions;
        }
        final int[] kept = new int[MOST_POSITIONS];
        for (int k = 0; k < MOST_POSITIONS; k++) {
            kept[k] = positions[(int) ((long) k * (positions.length - 1) / (MOST_POSITIONS - 1))];
        }
        return kept;
    }
}
