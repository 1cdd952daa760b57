package io.t1.ops.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many rows one reason left out, where the first of them is, and an even sample of them. Source: Vitter 1985,
 * algorithm R. The same rows in the same order give the same sample. Threading: one thread.
 */
final class RejectSample {
    private static final int MOST = 100;

    private final SplittableRandom random;
    private final List<RejectedRow> rows = new ArrayList<>();
    private String where = "";
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
        if (shown == 0) {
            where = row.where();
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

    /** Rows left out. */
    long count() {
        return count;
    }

    /** Of the first one. */
    String where() {
        return where;
    }

    List<RejectedRow> rows() {
        return rows;
    }
}
