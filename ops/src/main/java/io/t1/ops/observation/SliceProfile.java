package io.t1.ops.observation;

import java.util.List;

/**
 * A named group of queries.
 *
 * @param name as the rows bear it, {@code global} where they bear none.
 * @param queries in it.
 * @param arms in order of their codes.
 */
public record SliceProfile(String name, long queries, List<ArmProfile> arms) {
    /**
     * An arm's rows in a slice.
     *
     * @param meanNdcg10 NaN without rows.
     * @param meanLatencyMs NaN without rows.
     */
    public record ArmProfile(String arm, long rows, double meanNdcg10, double meanLatencyMs) {}
}
