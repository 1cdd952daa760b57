package io.t1.ops.cli;

import io.t1.ops.drift.FeatureDrift;
import io.t1.ops.observation.FeatureProfile;
import io.t1.ops.observation.ObservationProfile;
import io.t1.ops.observation.SliceProfile;
import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code t1 observations profile --json} prints: what isn't known is null. */
record ProfileJson(
        long rows,
        long queries,
        long fullInformation,
        long logged,
        List<Provenance.Input> inputs,
        Map<String, Long> badRows,
        List<Feature> features,
        List<Slice> slices,
        List<Drift> drift) {
    record Feature(
            String name,
            long missing,
            long distinct,
            @Nullable Double least,
            @Nullable Double p05,
            @Nullable Double median,
            @Nullable Double p95,
            @Nullable Double most,
            @Nullable Double mean,
            @Nullable Double sd,
            Map<String, Long> categories) {}

    record Slice(String name, long queries, List<Arm> arms) {}

    record Arm(
            String arm,
            long rows,
            @Nullable Double meanNdcg10,
            @Nullable Double meanLatencyMs) {}

    record Drift(String feature, double psi, double noise, String outcome, List<Long> learnt, List<Long> seen) {}

    static ProfileJson of(final ObservationProfile profile, final List<FeatureDrift> drifts) {
        return new ProfileJson(
                profile.rows(),
                profile.queries(),
                profile.fullInformation(),
                profile.logged(),
                profile.inputs(),
                profile.badRows(),
                profile.features().stream().map(ProfileJson::feature).toList(),
                profile.slices().stream().map(ProfileJson::slice).toList(),
                drifts.stream()
                        .map(drift -> new Drift(
                                drift.feature(),
                                drift.stability().index(),
                                drift.stability().noise(),
                                drift.outcome().name(),
                                drift.learnt(),
                                drift.seen()))
                        .toList());
    }

    private static Feature feature(final FeatureProfile feature) {
        return new Feature(
                feature.name(),
                feature.missing(),
                feature.distinct(),
                known(feature.least()),
                known(feature.p05()),
                known(feature.median()),
                known(feature.p95()),
                known(feature.most()),
                known(feature.mean()),
                known(feature.sd()),
                feature.categories());
    }

    private static Slice slice(final SliceProfile slice) {
        return new Slice(
                slice.name(),
                slice.queries(),
                slice.arms().stream()
                        .map(arm -> new Arm(arm.arm(), arm.rows(), known(arm.meanNdcg10()), known(arm.meanLatencyMs())))
                        .toList());
    }

    private static @Nullable Double known(final double value) {
        return Double.isNaN(value) ? null : value;
    }
}
