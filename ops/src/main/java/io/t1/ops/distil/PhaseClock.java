package io.t1.ops.distil;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How long each part of a run took, by wall clock. Threading: one thread. */
final class PhaseClock {
    /** Parts of a run. */
    enum Phase {
        /** Ways of growing the teacher tried. */
        SEARCH,
        /** The forests that the table is distilled from. */
        TEACHER,
        /** From the teacher's word to a table. */
        STUDENT,
        /** What the table is worth. */
        JUDGE
    }

    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private Phase phase;
    private long since = System.nanoTime();

    PhaseClock(final Phase first) {
        phase = first;
    }

    /** From now on time is this part's. */
    void enter(final Phase next) {
        final long now = System.nanoTime();
        nanos.merge(phase, now - since, Long::sum);
        phase = next;
        since = now;
    }

    /** Seconds so far, by the part's name. */
    Map<String, Double> seconds() {
        enter(phase);
        final Map<String, Double> seconds = new TreeMap<>();
        for (final Phase one : Phase.values()) {
            seconds.put(one.name().toLowerCase(Locale.ROOT), nanos.getOrDefault(one, 0L) / 1e9);
        }
        return seconds;
    }
}
