package io.t1.bench.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What several runs of one measurement gave.
 *
 * @param runs in the order in which they ran.
 */
public record Figure(List<Double> runs) {
    public Figure {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a figure of no runs");
        }
        runs = List.copyOf(runs);
    }

    /** Of these runs. */
    public static Figure of(final double... runs) {
        return new Figure(Arrays.stream(runs).boxed().toList());
    }

    /** These runs, and more of the same. */
    public Figure and(final Figure more) {
        final List<Double> all = new ArrayList<>(runs);
        all.addAll(more.runs);
        return new Figure(all);
    }

    /** The same by parts: each run by so many. */
    public Figure dividedBy(final int parts) {
        return new Figure(runs.stream().map(run -> run / parts).toList());
    }

    /** The middle one, or the mean of the middle two. */
    public double median() {
        final double[] sorted = sorted();
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The least. */
    public double least() {
        return sorted()[0];
    }

    /** The most. */
    public double most() {
        return sorted()[runs.size() - 1];
    }

    /** Least to most and how many, e.g. {@code 4.6 .. 5.2, 5 runs}. */
    public String spread() {
        return Numbers.text(least()) + " .. " + Numbers.text(most())
                + String.format(Locale.ROOT, ", %d run%s", runs.size(), runs.size() == 1 ? "" : "s");
    }

    private double[] sorted() {
        return runs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
