package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What was read from observation files elsewhere than in this process, where the queries stayed.
 *
 * @param featureNames the columns of the queries' features.
 * @param categories of the features that have them, by name.
 * @param queries those measured under every arm.
 * @param inputs each file read.
 * @param rows read in all.
 * @param badRows left out, by reason, in order of reason; at most what the policy allows.
 */
public record PartedObservations(
        List<String> featureNames,
        Map<String, List<String>> categories,
        QueryVariety queries,
        List<Provenance.Input> inputs,
        long rows,
        Map<String, Long> badRows)
        implements ReadRows {}
