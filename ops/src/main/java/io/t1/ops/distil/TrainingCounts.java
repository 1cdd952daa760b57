package io.t1.ops.distil;

import io.t1.ops.drift.SegmentCounts;
import io.t1.router.artifact.FeatureSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Where the rows that a table is learnt from lie between its knots, for later traffic to be held against. */
final class TrainingCounts {
    private TrainingCounts() {}

    /** By feature, as {@link SegmentCounts} gives them. */
    static Map<String, List<Long>> of(final TrainingSet set, final List<FeatureSpec> features) {
        final Map<String, List<Long>> counts = new TreeMap<>();
        for (final FeatureSpec feature : features) {
            final float[] column = set.column(set.feature(feature.name()));
            final double[] values = IntStream.range(0, column.length)
                    .mapToDouble(q -> column[q])
                    .toArray();
            counts.put(feature.name(), SegmentCounts.of(feature.knots(), values));
        }
        return counts;
    }
}
