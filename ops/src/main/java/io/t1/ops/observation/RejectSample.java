package io.t1.ops.observation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How many rows one reason left out, where the first of them is, and an even sample of them. Source: Vitter 1985,
 * algorithm R. The same rows in the same order give the same sample. Threading: one thread.
 */
final class RejectSample {
    private static final int MOST = 100;

    private final SplittableRandom random;
    private final List<RejectedRow> rows = new ArrayList<>();
    private @Nullable RejectedRow first;
    private long shown;
    private long count;

    RejectSample(final String reason) {
        random = new SplittableRandom(reason.hashCode());
    }

    /**
     * @param row one that may be kept.
     * @param standsFor rows left out with it, itself included.
     */
    void add(final RejectedRow row, final long standsFor) {
        if (first == null) {
            first = row;
        }
        shown++;
        count += standsFor;
        if (rows.size() < MOST) {
            rows.add(row);
            return;
        }
        final long place = random.nextLong(shown);
        if (place < MOST) {
            rows.set((int) place, row);
        }
    }

    /** What was shown so far, to be added up elsewhere. */
    Tally tally() {
        return new Tally(shown, count, Objects.requireNonNull(first), List.copyOf(rows));
    }

    /**
     * Adds a sample of other rows: what is kept is an even sample of all, in order of their places, and the same whoever
     * sampled which rows as long as few enough were shown for all to be kept.
     */
    void add(final Tally other, final Comparator<RowPlace> order) {
        final List<RejectedRow> mine = new ArrayList<>(rows);
        final List<RejectedRow> theirs = new ArrayList<>(other.rows);
        if (theirs.isEmpty()) {
            return;
        }
        if (first == null || order.compare(other.first.place(), first.place()) < 0) {
            first = other.first;
        }
        rows.clear();
        long mineLeft = shown;
        long theirsLeft = other.shown;
        while (rows.size() < MOST && mineLeft + theirsLeft > 0) {
            if (random.nextLong(mineLeft + theirsLeft) < mineLeft) {
                rows.add(mine.remove(random.nextInt(mine.size())));
                mineLeft--;
            } else {
                rows.add(theirs.remove(random.nextInt(theirs.size())));
                theirsLeft--;
            }
        }
        rows.sort((one, two) -> order.compare(one.place(), two.place()));
        shown += other.shown;
        count += other.count;
    }

    /**
     * A sample that was taken elsewhere.
     *
     * @param shown rows that it was drawn from.
     * @param count rows that these stand for.
     * @param first row shown.
     * @param rows kept.
     */
    record Tally(long shown, long count, RejectedRow first, List<RejectedRow> rows) implements Serializable {}

    /** Rows left out. */
    long count() {
        return count;
    }

    /** Of the first one. */
    String where() {
        return first == null ? "" : first.where();
    }

    List<RejectedRow> rows() {
        return rows;
    }
}
