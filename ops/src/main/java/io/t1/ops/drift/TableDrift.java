package io.t1.ops.drift;

import io.t1.ops.BadInputException;
import io.t1.ops.observation.FeatureProfile;
import io.t1.ops.observation.ObservationProfile;
import io.t1.ops.statistics.PopulationStability;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rows held against those that a table was learnt from. Threading: any. */
public final class TableDrift {
    private TableDrift() {}

    /**
     * Feature by feature, in the table's order.
     *
     * @param profile of rows with all of the table's features.
     * @throws BadInputException if the table doesn't say what it was learnt from.
     */
    public static List<FeatureDrift> of(final RouterArtifact table, final ObservationProfile profile) {
        final Map<String, List<Long>> learnt = table.provenance().trainingCounts();
        if (learnt.isEmpty()) {
            throw new BadInputException("the table has no $.provenance.training_counts: it was made before there were"
                    + " any, or not by t1 distil; distil it again");
        }
        final List<FeatureDrift> drifts = new ArrayList<>();
        for (int f = 0; f < table.features().size(); f++) {
            final FeatureSpec feature = table.features().get(f);
            final FeatureProfile values = profile.features().get(f);
            final double[] all =
                    Arrays.copyOf(values.sorted(), Math.toIntExact(values.sorted().length + values.missing()));
            Arrays.fill(all, values.sorted().length, all.length, Double.NaN);
            final List<Long> before = learnt.getOrDefault(feature.name(), List.of());
            final List<Long> now = SegmentCounts.of(feature.knots(), all);
            drifts.add(
                    new FeatureDrift(feature.name(), PopulationStability.of(array(before), array(now)), before, now));
        }
        return drifts;
    }

    private static long[] array(final List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).toArray();
    }
}
