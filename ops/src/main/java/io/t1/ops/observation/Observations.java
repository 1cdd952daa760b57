package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What was read from observation files.
 *
 * @param queries those measured under every arm.
 * @param inputs each file read.
 * @param rows read in all.
 * @param badRows left out, by reason, in order of reason; at most what the policy allows.
 */
public record Observations(MeasuredQueries queries, List<Provenance.Input> inputs, long rows, Map<String, Long> badRows)
        implements ReadHere {}
