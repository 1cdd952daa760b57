package io.t1.sidecar.stats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last minute, second by second. Threading: guarded by its owner's lock. */
final class SecondHistory {
    private final ArrayDeque<Second> seconds = new ArrayDeque<>(LatencyAggregate.WINDOW_SECONDS);

    void add(final Second second) {
        if (seconds.size() == LatencyAggregate.WINDOW_SECONDS) {
            seconds.poll();
        }
        seconds.add(second);
    }

    List<Second> oldestFirst() {
        return new ArrayList<>(seconds);
    }

    /**
     * One closed second.
     *
     * @param endMillis Unix time of its end.
     * @param errors answered, all codes together.
     * @param p50Nanos by ordinal of {@link Phase}; 0 without a passage.
     * @param p99Nanos the same.
     */
    record Second(long endMillis, long skip, long cheap, long full, long errors, long[] p50Nanos, long[] p99Nanos) {}
}
