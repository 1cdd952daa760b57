package io.t1.ops.gate;

import io.t1.ops.statistics.BcaEstimate;
import io.t1.ops.statistics.StandardNormal;
import java.util.Locale;

/**
 * Whether a policy is shown to beat random spending of the same money.
 *
 * @param outcome what is shown.
 * @param queries judged.
 * @param queriesNeeded queries to show {@code effect} with 95 % confidence four times out of five, at the spread seen;
 *     when passed, those judged sufficed; 0 when unsupported.
 * @param effect in nDCG: the difference seen, or one point where that is smaller than a half; halved until it is more
 *     than these queries could show.
 */
public record Verdict(Outcome outcome, int queries, long queriesNeeded, double effect) {
    /** What is shown. */
    public enum Outcome {
        /** Above random spending, with 95 % confidence. */
        PASSED,
        /** Not shown. The baseline is what ships. */
        INCONCLUSIVE,
        /** A log says too little of what the policy would do for any answer ({@link LogSupport}). The baseline ships. */
        UNSUPPORTED
    }

    private static final double SMALLEST_SEEN = 0.005;
    private static final double ONE_POINT = 0.01;
    private static final double CONFIDENCE = 0.95;
    private static final double POWER = 0.8;

    /**
     * Of paired differences from what chance would have bought.
     *
     * @param deviation standard deviation of such differences, one a query.
     */
    static Verdict of(final BcaEstimate difference, final double deviation) {
        if (difference.lowerBound() > 0) {
            return new Verdict(Outcome.PASSED, difference.n(), difference.n(), difference.estimate());
        }
        final double errors = StandardNormal.quantile(CONFIDENCE) + StandardNormal.quantile(POWER);
        double effect = difference.estimate() > SMALLEST_SEEN ? difference.estimate() : ONE_POINT;
        double needed = Math.pow(errors * deviation / effect, 2);
        // what these queries would have shown isn't there: ask for what they couldn't have
        while (needed <= difference.n() && deviation > 0) {
            effect /= 2;
            needed *= 4;
        }
        return new Verdict(
                Outcome.INCONCLUSIVE, difference.n(), Math.max(difference.n() + 1L, (long) Math.ceil(needed)), effect);
    }

    /** Of a policy that a log of so many queries can't speak of. */
    static Verdict unsupported(final int queries) {
        return new Verdict(Outcome.UNSUPPORTED, queries, 0, 0);
    }

    /** Whether it passed. */
    public boolean passed() {
        return outcome == Outcome.PASSED;
    }

    @Override
    public String toString() {
        return switch (outcome) {
            case PASSED -> "PASSED: " + queries + " queries";
            case INCONCLUSIVE ->
                "INCONCLUSIVE: " + queries + " queries, about " + rounded(queriesNeeded) + " needed to show a gain of "
                        + String.format(Locale.ROOT, "%.4f", effect) + " nDCG";
            case UNSUPPORTED ->
                "UNSUPPORTED: " + queries + " logged queries say too little of what T1 would do; see off-policy above";
        };
    }

    /** Two significant digits, upwards: more would be a boast. */
    static long rounded(final long count) {
        long unit = 1;
        while (count / unit >= 100) {
            unit *= 10;
        }
        return (count + unit - 1) / unit * unit;
    }
}
