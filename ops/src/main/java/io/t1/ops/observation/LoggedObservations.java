package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/**
 * What was read from files of a log.
 *
 * @param log one query a row that can be used.
 * @param inputs each file read.
 * @param rows read in all.
 * @param badRows left out, by reason, in order of reason; at most what the policy allows.
 */
public record LoggedObservations(LoggedQueries log, List<Provenance.Input> inputs, long rows, Map<String, Long> badRows)
        implements ReadHere {}
