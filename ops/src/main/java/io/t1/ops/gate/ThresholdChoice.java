package io.t1.ops.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Bars chosen for queries under a budget.
 *
 * @param thresholds the bars.
 * @param constraint how the budget stands with them.
 * @param dualityGap of the search, relative to the Lagrangian.
 */
public record ThresholdChoice(Thresholds thresholds, Constraint constraint, double dualityGap) {
    /**
     * One constraint of the budget.
     *
     * @param name what is constrained, with its unit.
     * @param value under the bars.
     * @param limit that it must keep.
     * @param headroom what was kept back of the limit, one standard error of the value, so that unseen queries keep it
     *     too.
     * @param multiplier nDCG per unit at the optimum; 0 when it doesn't bind.
     */
    public record Constraint(String name, double value, double limit, double headroom, double multiplier) {
        /** Limit less value. */
        public double slack() {
            return limit - value;
        }

        /** Whether spending stopped because of it. */
        public boolean binds() {
            return multiplier > 0;
        }
    }

    /** The bars that gain most on these queries, with one standard error of the budget kept back. */
    public static ThresholdChoice under(final Budget budget, final ClaimedArms claimed, final MeasuredArms measured) {
        final Load load = Load.of(budget, measured);
        final ThresholdSearch search = new ThresholdSearch(claimed, measured, load.load());
        final ThresholdSearch.Found first = search.under(load.limit());
        final double headroom = load.standardError(claimed.armsUnder(first.thresholds()));
        final ThresholdSearch.Found found = search.under(load.limit() - headroom);
        return new ThresholdChoice(
                found.thresholds(),
                new Constraint(load.name(), found.meanLoad(), load.limit(), headroom, found.multiplier()),
                found.relativeGap());
    }

    /**
     * The arm of each query under bars that were chosen without its fold.
     *
     * @param fold of each query, 0 to {@code folds - 1}.
     */
    public static byte[] crossFittedArms(
            final Budget budget,
            final ClaimedArms claimed,
            final MeasuredArms measured,
            final int[] fold,
            final int folds) {
        return crossFittedArms(budget, claimed, judged -> measured, fold, folds);
    }

    /**
     * The same where what is known of the arms depends on who is judged.
     *
     * @param unseen what is known of all queries by who hasn't seen a fold, the one judged.
     */
    static byte[] crossFittedArms(
            final Budget budget,
            final ClaimedArms claimed,
            final IntFunction<MeasuredArms> unseen,
            final int[] fold,
            final int folds) {
        final byte[] arms = new byte[claimed.size()];
        for (int k = 0; k < folds; k++) {
            final int judgedFold = k;
            final int[] others = IntStream.range(0, fold.length)
                    .filter(q -> fold[q] != judgedFold)
                    .toArray();
            if (others.length == 0) {
                continue;
            }
            final MeasuredArms known = unseen.apply(judgedFold).at(others);
            final Thresholds bars = under(budget, claimed.at(others), known).thresholds();
            final byte[] all = claimed.armsUnder(bars);
            for (int q = 0; q < arms.length; q++) {
                if (fold[q] == judgedFold) {
                    arms[q] = all[q];
                }
            }
        }
        return arms;
    }

    /**
     * The arms of each query under one policy's bars, and what others do with the same shares of FULL and CHEAP: bars are
     * chosen on the reference's claims without the fold judged, and taken over by share of queries.
     *
     * @param reference whose bars are chosen.
     * @param others that take over its shares.
     * @param fold of each query, 0 to {@code folds - 1}.
     * @return the reference's arms first, then those of the others in turn.
     */
    public static List<byte[]> sharedArms(
            final Budget budget,
            final ClaimedArms reference,
            final List<ClaimedArms> others,
            final MeasuredArms measured,
            final int[] fold,
            final int folds) {
        final List<ClaimedArms> policies = new ArrayList<>(List.of(reference));
        policies.addAll(others);
        final List<byte[]> arms = new ArrayList<>();
        policies.forEach(policy -> arms.add(new byte[reference.size()]));
        for (int k = 0; k < folds; k++) {
            final int judged = k;
            final int[] unseen = IntStream.range(0, fold.length)
                    .filter(q -> fold[q] == judged)
                    .toArray();
            final int[] seen = IntStream.range(0, fold.length)
                    .filter(q -> fold[q] != judged)
                    .toArray();
            if (seen.length == 0) {
                continue;
            }
            final ClaimedArms known = reference.at(seen);
            final Thresholds bars = under(budget, known, measured.at(seen)).thresholds();
            for (int p = 0; p < policies.size(); p++) {
                final ClaimedArms policy = policies.get(p);
                final Thresholds own = p == 0 ? bars : bars.transferred(known, policy.at(seen));
                final byte[] under = policy.armsUnder(own);
                for (final int q : unseen) {
                    arms.get(p)[q] = under[q];
                }
            }
        }
        return arms;
    }
}
