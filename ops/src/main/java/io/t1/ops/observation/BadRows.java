package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts rows left out, by reason, and keeps a sample of each reason's, the first of them for messages. Threading: one
 * thread.
 */
final class BadRows {
    /** Bad rows up to here are counted to the end, so that the message tells of all. */
    private static final long ALWAYS_COUNTED = 100_000;

    private final double mostShare;
    private final Map<String, RejectSample> byReason = new TreeMap<>();
    private long bad;

    /**
     * @param mostShare of all rows, past which reading stops.
     */
    BadRows(final double mostShare) {
        this.mostShare = mostShare;
    }

    /**
     * @param row of which {@code reason} says what is wrong, without the row's own values.
     * @param rows that it stands for, itself included.
     */
    void add(final RejectedRow row, final long rows) {
        byReason.computeIfAbsent(row.reason(), RejectSample::new).add(row, rows);
        bad += rows;
    }

    /** What was counted so far, to be added up elsewhere. */
    Tally tally() {
        final Map<String, RejectSample.Tally> tallies = new TreeMap<>();
        byReason.forEach((reason, sample) -> tallies.put(reason, sample.tally()));
        return new Tally(tallies);
    }

    /** Adds what was counted elsewhere, of other rows. */
    void add(final Tally elsewhere, final Comparator<RowPlace> order) {
        elsewhere.byReason().forEach((reason, sample) -> {
            byReason.computeIfAbsent(reason, RejectSample::new).add(sample, order);
            bad += sample.count();
        });
    }

    /** Counts of some rows. */
    record Tally(Map<String, RejectSample.Tally> byReason) implements Serializable {}

    Map<String, Long> counts() {
        final Map<String, Long> counts = new TreeMap<>();
        byReason.forEach((reason, sample) -> counts.put(reason, sample.count()));
        return counts;
    }

    /** Some rows of each reason. */
    List<RejectedRow> sampled() {
        return byReason.values().stream()
                .flatMap(sample -> sample.rows().stream())
                .toList();
    }

    /**
     * The same before the end, once no rows to come can make up for the bad ones.
     *
     * @param seen rows so far.
     * @param most rows that there can be in all.
     */
    void stopWhenCertain(final long seen, final long most) {
        if (bad > Math.max(ALWAYS_COUNTED, mostShare * most)) {
            stopWhenTooMany(seen);
        }
    }

    /**
     * @throws BadInputException when more than the share allowed is bad, with every reason and the remedy.
     */
    void stopWhenTooMany(final long rows) {
        if (bad <= mostShare * rows) {
            return;
        }
        final StringBuilder message = new StringBuilder();
        message.append("bad rows=")
                .append(bad)
                .append(" of ")
                .append(rows)
                .append(" > ")
                .append(percent(mostShare))
                .append(" %: correct these rows or remove them");
        final String before = byReason.size() == 1 ? ": " : "\n  "; // one reason on the same line, more as a list
        byReason.forEach((reason, sample) -> message.append(before)
                .append(reason)
                .append(": ")
                .append(sample.count())
                .append(sample.count() == 1 ? " row" : " rows")
                .append(", first ")
                .append(sample.where()));
        throw new BadInputException(message.toString());
    }

    private static String percent(final double share) {
        final String percent = String.format(Locale.ROOT, "%.4f", 100 * share);
        return percent.replaceFirst("\\.?0+$", "");
    }
}
