package io.t1.ops.gate;

import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import io.t1.ops.statistics.StandardNormal;
import java.util.Locale;

/**
 * Whether a student's policy is shown to lose next to nothing against its teacher's, each having kept the same budget on
 * the same queries, which neither had seen.
 *
 * @param outcome what is shown.
 * @param difference nDCG of the student's policy less the teacher's, paired by query; its one-sided 95 % bounds decide.
 * @param agreement share of queries that get the same arm from both: only the others count.
 * @param studentCostMs mean extra latency over SKIP.
 * @param teacherCostMs the same.
 * @param queriesNeeded to show it with 95 % confidence four times out of five at the spread seen, if there were no
 *     difference at all; when decided, those judged sufficed.
 */
public record NoRegret(
        Outcome outcome,
        BcaEstimate difference,
        double agreement,
        double studentCostMs,
        double teacherCostMs,
        long queriesNeeded) {
    /** The most that may be lost, in nDCG: 0.05 points. */
    public static final double MARGIN = 0.0005;

    private static final double CONFIDENCE = 0.95;
    private static final double POWER = 0.8;

    /** What is shown. */
    public enum Outcome {
        /** No more than the margin is lost, with 95 % confidence. */
        PASSED,
        /** More than the margin is lost, with 95 % confidence. */
        REGRET,
        /** Neither; this doesn't pass. */
        INCONCLUSIVE
    }

    /** Of the arms that either gives to the same queries. */
    public static NoRegret of(final MeasuredArms measured, final byte[] student, final byte[] teacher) {
        final int n = measured.size();
        final double[] differences = new double[n];
        int same = 0;
        double studentCostMs = 0;
        double teacherCostMs = 0;
        for (int q = 0; q < n; q++) {
            differences[q] = measured.ndcg10()[student[q]][q] - measured.ndcg10()[teacher[q]][q];
            same += student[q] == teacher[q] ? 1 : 0;
            studentCostMs += measured.costMs(student[q], q) / n;
            teacherCostMs += measured.costMs(teacher[q], q) / n;
        }
        final BcaEstimate difference = BcaBootstrap.STANDARD.ofMean(differences);
        final Outcome outcome = outcome(difference);
        double squares = 0;
        for (final double d : differences) {
            squares += (d - difference.estimate()) * (d - difference.estimate());
        }
        final double errors = StandardNormal.quantile(CONFIDENCE) + StandardNormal.quantile(POWER);
        final double needed = errors * errors * squares / Math.max(1, n - 1) / (MARGIN * MARGIN);
        return new NoRegret(
                outcome,
                difference,
                (double) same / n,
                studentCostMs,
                teacherCostMs,
                outcome == Outcome.INCONCLUSIVE ? Math.max(n + 1L, (long) Math.ceil(needed)) : n);
    }

    private static Outcome outcome(final BcaEstimate difference) {
        if (difference.lowerBound() >= -MARGIN) {
            return Outcome.PASSED;
        }
        return difference.upperBound() < -MARGIN ? Outcome.REGRET : Outcome.INCONCLUSIVE;
    }

    /** Whether it passed. */
    public boolean passed() {
        return outcome == Outcome.PASSED;
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "no regret: %s: T1 minus teacher %+.3f pp, at least %+.3f and at most %+.3f with 95 %% confidence"
                                + " each (limit %+.3f); same arm for %.1f %% of %,d queries",
                        outcome,
                        100 * difference.estimate(),
                        100 * difference.lowerBound(),
                        100 * difference.upperBound(),
                        -100 * MARGIN,
                        100 * agreement,
                        difference.n())
                + (outcome == Outcome.INCONCLUSIVE
                        ? "; about " + Verdict.rounded(queriesNeeded) + " needed at this spread"
                        : "");
    }
}
