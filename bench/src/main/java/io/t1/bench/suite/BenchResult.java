package io.t1.bench.suite;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param name unique; {@code --only} takes it.
 * @param value median of the runs; null when it could not be measured.
 * @param unit of value and reference value.
 * @param reference what the value is held against; what is missing when it could not be measured.
 * @param referenceValue median of the reference's runs, null without one.
 * @param ratio value over reference value, by medians or by pairs, null without one.
 * @param reach what should be reached, in words.
 * @param met whether it is; null when it could not be told.
 * @param spread of the runs, for people.
 * @param notes for people.
 */
@JsonPropertyOrder({"name", "value", "unit", "reference", "referenceValue", "ratio", "reach", "met"})
public record BenchResult(
        String name,
        @Nullable Double value,
        String unit,
        String reference,
        @Nullable Double referenceValue,
        @Nullable Double ratio,
        String reach,
        @Nullable Boolean met,
        String spread,
        List<String> notes) {
    private static final String NO_REFERENCE = "none";

    /** The eight fields that {@code --json} promises. */
    public record Line(
            String name,
            @Nullable Double value,
            String unit,
            String reference,
            @Nullable Double referenceValue,
            @Nullable Double ratio,
            String reach,
            @Nullable Boolean met) {}

    /** A value beside a reference. */
    public static BenchResult against(
            final String name,
            final String unit,
            final Figure value,
            final String reference,
            final Figure referenceValue,
            final Reach reach) {
        return against(name, unit, value, reference, referenceValue, value.median() / referenceValue.median(), reach);
    }

    /**
     * A value beside a reference, run for run: the ratio is the median of the pairs' ratios, which what changes both
     * sides of a pair alike doesn't touch. It isn't the ratio of the two medians, which may be of different pairs.
     *
     * @param referenceValue its runs in the same order, each measured right beside its partner.
     */
    public static BenchResult paired(
            final String name,
            final String unit,
            final Figure value,
            final String reference,
            final Figure referenceValue,
            final Reach reach) {
        final Figure ratios = value.over(referenceValue);
        return against(name, unit, value, reference, referenceValue, ratios.median(), reach)
                .with("the ratio is the median of the pairs' ratios; half of them are within "
                        + Numbers.text(ratios.quantile(0.25)) + " .. " + Numbers.text(ratios.quantile(0.75)));
    }

    private static BenchResult against(
            final String name,
            final String unit,
            final Figure value,
            final String reference,
            final Figure referenceValue,
            final double ratio,
            final Reach reach) {
        return new BenchResult(
                name,
                value.median(),
                unit,
                reference,
                referenceValue.median(),
                ratio,
                reach.text(),
                reach.met(value.median(), ratio),
                value.spread() + "; reference " + referenceValue.spread(),
                List.of());
    }

    /** A value that is held against a limit only. */
    public static BenchResult alone(final String name, final String unit, final Figure value, final Reach reach) {
        return new BenchResult(
                name,
                value.median(),
                unit,
                NO_REFERENCE,
                null,
                null,
                reach.text(),
                reach.met(value.median(), null),
                value.spread(),
                List.of());
    }

    /** A line that could not be measured, and why. */
    public static BenchResult skipped(final String name, final String unit, final Reach reach, final String why) {
        return new BenchResult(name, null, unit, "skipped: " + why, null, null, reach.text(), null, "", List.of());
    }

    /** The same with a note. */
    public BenchResult with(final String note) {
        final List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new BenchResult(
                name, value, unit, reference, referenceValue, ratio, reach, met, spread, List.copyOf(all));
    }

    /** The same, not met whatever its value: what it should have measured under wasn't so. */
    public BenchResult missed(final String why) {
        final BenchResult noted = with("doesn't count: " + why);
        return new BenchResult(
                name, value, unit, reference, referenceValue, ratio, reach, false, spread, noted.notes());
    }

    /** What {@code --json} prints of it. */
    @JsonIgnore
    public Line line() {
        return new Line(name, value, unit, reference, referenceValue, ratio, reach, met);
    }
}
