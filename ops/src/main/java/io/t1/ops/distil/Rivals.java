package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.RandomSpending;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.Agreement;
import io.t1.ops.statistics.LogisticRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What else could decide under the same budget, each with its bars chosen and judged as T1's are: the teacher, a bar on
 * one feature, a logistic regression; the teacher's forests without a table's form, at a price of time found without the fold
 * judged; and chance, and no decision at all.
 */
final class Rivals {
    private static final String SINGLE = "entropy";
    private static final double RIDGE = 1;

    private final TrainingSet set;
    private final Folds folds;
    private final Budget.MeanShare budget;

    Rivals(final TrainingSet set, final Folds folds, final Budget.MeanShare budget) {
        this.set = set;
        this.folds = folds;
        this.budget = budget;
    }

    /**
     * All policies, T1 first.
     *
     * @param t1 the arms that T1 gives.
     * @param teacher the arms that the teacher gives.
     * @param expected by the teacher, of each query.
     * @param spending of T1.
     */
    List<ComparedPolicy> compare(
            final byte[] t1, final byte[] teacher, final Expectations expected, final Spending spending) {
        final MeasuredArms measured = set.measured();
        final double costMs = spending.costMs();
        final int single = singleFeature();
        final String singleName = "threshold_" + set.featureNames().get(single);
        final List<Supplier<ComparedPolicy>> policies = new ArrayList<>(List.of(
                () -> ComparedPolicy.of("t1_student", measured, t1, null),
                () -> ComparedPolicy.of("teacher", measured, teacher, t1),
                () -> ComparedPolicy.of("teacher_worth", measured, worthMost(expected), t1),
                () -> ComparedPolicy.of(singleName, measured, arms(ranks(single)), t1),
                () -> ComparedPolicy.of(
                        "random_mixture",
                        measured,
                        RandomSpending.best(measured, costMs),
                        costMs,
                        spending.overBestRandom()),
                () -> ComparedPolicy.of(
                        "random_full_or_skip",
                        measured,
                        RandomSpending.fullOrSkip(measured, costMs),
                        costMs,
                        spending.overRandom()),
                () -> ComparedPolicy.of("skip", measured, all(Arm.SKIP), t1),
                () -> ComparedPolicy.of("cheap", measured, all(Arm.CHEAP), t1),
                () -> ComparedPolicy.of("full", measured, all(Arm.FULL), t1)));
        if (!set.logged()) { // a log doesn't tell whom FULL helped
            policies.add(3, () -> ComparedPolicy.of("logistic_regression", measured, arms(regression()), t1));
        }
        // each draws from generators of its own: the order of work changes nothing
        return Stream.of(policies.toArray(new Supplier<?>[0]))
                .parallel()
                .map(policy -> (ComparedPolicy) policy.get())
                .toList();
    }

    private byte[] arms(final double[] claims) {
        final byte[] full = all(Arm.FULL);
        final byte[] cheap = all(Arm.CHEAP);
        return ThresholdChoice.crossFittedArms(
                budget, new ClaimedArms(claims, full, cheap), set.measured(), folds.of(), folds.count());
    }

    /**
     * To each query the arm that is expected to be worth most. Unlike bars this may give FULL to one query and SKIP to another
     * of the same claim, so it is what the forests themselves can do.
     */
    private byte[] worthMost(final Expectations expected) {
        final byte[] arms = new byte[set.size()];
        for (int k = 0; k < folds.count(); k++) {
            final int judged = k;
            final int[] others = folds.where(fold -> fold != judged);
            final double price = BudgetPrice.at(
                    budget.share(), expected.at(others), set.measured().at(others));
            for (final int q : folds.where(fold -> fold == judged)) {
                arms[q] = (byte) BudgetPrice.bestArm(price, expected, q);
            }
        }
        return arms;
    }

    private byte[] all(final Arm arm) {
        final byte[] arms = new byte[set.size()];
        Arrays.fill(arms, arm.code());
        return arms;
    }

    /** The chance of benefit by regressions that didn't see the query. */
    private double[] regression() {
        final double[] claims = new double[set.size()];
        final float[][] rows = OneHot.rows(set);
        for (int k = 0; k < folds.count(); k++) {
            final int judged = k;
            final TrainingSet seen = set.at(folds.where(fold -> fold != judged));
            final LogisticRegression model = LogisticRegression.fit(OneHot.rows(seen), seen.benefits(), RIDGE);
            for (final int q : folds.where(fold -> fold == judged)) {
                claims[q] = model.at(rows[q]);
            }
        }
        return claims;
    }

    /** {@code entropy}, else the feature that goes most with FULL's gain. */
    private int singleFeature() {
        if (set.feature(SINGLE) >= 0) {
            return set.feature(SINGLE);
        }
        int best = 0;
        for (int f = 1; f < set.featureNames().size(); f++) {
            final boolean better = Math.abs(correlation(f)) > Math.abs(correlation(best));
            best = !set.categorical(f) && (better || set.categorical(best)) ? f : best;
        }
        return best;
    }

    private double correlation(final int feature) {
        return Agreement.correlation(filled(feature), set.gains(Arm.FULL.code()));
    }

    private double[] filled(final int feature) {
        final float[] column = set.column(feature);
        final float median = Knots.median(column);
        return IntStream.range(0, column.length)
                .mapToDouble(q -> Float.isNaN(column[q]) ? median : column[q])
                .toArray();
    }

    /** The share of queries below each, in the direction in which gains rise: bars don't ask for more than order. */
    private double[] ranks(final int feature) {
        final int sign = correlation(feature) < 0 ? -1 : 1;
        final double[] values =
                Arrays.stream(filled(feature)).map(value -> sign * value).toArray();
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values)
                .map(value -> (double) below(sorted, value) / sorted.length)
                .toArray();
    }

    private static int below(final double[] sorted, final double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
