package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.util.Map;
import java.util.TreeMap;

/** Counts rows left out, by reason, with the first example of each. Threading: one thread. */
final class BadRows {
    private static final double MOST_SHARE = 0.01;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();

    /**
     * @param reason what is wrong, without the row's own values.
     * @param where the first example, for the message.
     */
    void add(final String reason, final long rows, final String where) {
        counts.merge(reason, rows, Long::sum);
        examples.putIfAbsent(reason, where);
    }

    Map<String, Long> counts() {
        return counts;
    }

    /**
     * @throws BadInputException when more than 1 % of the rows are bad, with every reason and its remedy.
     */
    void stopWhenTooMany(final long rows) {
        final long bad = counts.values().stream().mapToLong(Long::longValue).sum();
        if (bad <= MOST_SHARE * rows) {
            return;
        }
        final StringBuilder message = new StringBuilder();
        message.append("bad rows=")
                .append(bad)
                .append(" of ")
                .append(rows)
                .append(" > 1 %: correct these rows or remove them");
        counts.forEach((reason, count) -> message.append("\n  ")
                .append(reason)
                .append(": ")
                .append(count)
                .append(count == 1 ? " row" : " rows")
                .append(", first ")
                .append(examples.get(reason)));
        throw new BadInputException(message.toString());
    }
}
