package io.t1.ops.distil;

import io.t1.ops.drift.SegmentCounts;
import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
        final List<List<Long>> ofFeatures = IntStream.range(0, features.size())
                .parallel()
                .mapToObj(f -> SegmentCounts.of(
                        features.get(f).knots(),
                        Arrays.stream(rows).mapToDouble(row -> row[f]).toArray()))
                .toList();
        for (int f = 0; f < features.size(); f++) {
            counts.put(features.get(f).name(), ofFeatures.get(f));
        }
        return counts;
    }
}
