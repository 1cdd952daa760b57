package io.t1.ops.distil;

import java.util.Map;

/**
 * How a run went about its queries.
 *
 * @param queries measured under every arm.
 * @param judged of these, by models that hadn't seen them: all where cross-fitted, else those held out.
 * @param taught queries that the table learnt from.
 * @param seconds of each part by its name, by wall clock; where queries are cross-fitted the teachers that only judge count
 *     as {@code teacher}, and all students but the last as judging.
 */
public record DistilRun(long queries, long judged, long taught, Map<String, Double> seconds) {
    /** Whether some were held out. */
    public boolean heldOut() {
        return judged < queries;
    }
}
