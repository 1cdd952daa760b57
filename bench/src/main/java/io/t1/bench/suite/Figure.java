package io.t1.bench.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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

    /**
     * Run by run, by the other's run of the same place.
     *
     * @throws IllegalArgumentException if one has more runs.
     */
    public Figure over(final Figure other) {
        if (runs.size() != other.runs.size()) {
            throw new IllegalArgumentException("runs=" + runs.size() + " beside " + other.runs.size());
        }
        return new Figure(IntStream.range(0, runs.size())
                .mapToObj(run -> runs.get(run) / other.runs.get(run))
                .toList());
    }

    /** Nearest rank of {@code share}, 0 to 1, among the runs. */
    public double quantile(final double share) {
        final double[] sorted = sorted();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
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
