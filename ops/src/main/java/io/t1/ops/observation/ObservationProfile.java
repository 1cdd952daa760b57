package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What rows of observations look like.
 *
 * @param rows read, bad ones included.
 * @param queries distinct ones among the good rows.
 * @param fullInformation queries with a row for every arm.
 * @param logged good rows that bear a propensity.
 * @param inputs each file read.
 * @param badRows left out, by reason.
 * @param features in the order of their columns.
 * @param slices in order of name.
 */
public record ObservationProfile(
        long rows,
        long queries,
        long fullInformation,
        long logged,
        List<Provenance.Input> inputs,
        Map<String, Long> badRows,
        List<FeatureProfile> features,
        List<SliceProfile> slices) {}
