package io.t1.ops.distil;

import io.t1.ops.drift.SegmentCounts;
import io.t1.router.artifact.FeatureSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the rows that a table is learnt from lie between its knots, for later traffic to be held against. */
final class TrainingCounts {
    private TrainingCounts() {}

    /**
     * By feature, as {@link SegmentCounts} gives them.
     *
     * @param rows {@code [query][feature]}, in the order of {@code features}.
     */
    static Map<String, List<Long>> of(final float[][] rows, final List<FeatureSpec> features) {
        final Map<String, List<Long>> counts = new TreeMap<>();
        final List<List<Long>> ofFeatures = SegmentCounts.of(features, rows);
        for (int f = 0; f < features.size(); f++) {
            counts.put(features.get(f).name(), ofFeatures.get(f));
        }
        return counts;
    }
}
