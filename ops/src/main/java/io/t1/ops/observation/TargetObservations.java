package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What was read from files of a user's own targets.
 *
 * @param queries one a row that can be used.
 * @param inputs each file read.
 * @param rows read in all.
 * @param badRows left out, by reason, in order of reason; at most what the policy allows.
 */
public record TargetObservations(
        TargetQueries queries, List<Provenance.Input> inputs, long rows, Map<String, Long> badRows) {}
