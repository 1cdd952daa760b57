package io.t1.ops.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The first bad row of one reason, and an even sample of them all. Source: Vitter 1985, algorithm R. The same rows in the
 * same order give the same sample.
 */
final class RejectSample {
    private static final int MOST = 100;

    private final SplittableRandom random;
    private final List<RejectedRow> rows = new ArrayList<>();
    private RejectedRow first;
    private long count;

    RejectSample(final String reason) {
        random = new SplittableRandom(reason.hashCode());
        first = new RejectedRow(reason, "an unknown row", java.util.Map.of());
    }

    void add(final RejectedRow row) {
        if (count == 0) {
            first = row;
        }
        count++;
        if (rows.size() < MOST) {
            rows.add(row);
            return;
        }
        final long place = random.nextLong(count);
        if (place < MOST) {
            rows.set((int) place, row);
        }
    }

    void addUnseen(final long more) {
        count += more;
    }

    long count() {
        return count;
    }

    RejectedRow first() {
        return first;
    }

    List<RejectedRow> rows() {
        return rows;
    }
}
