package io.t1.ops.observation;

import io.t1.router.artifact.Provenance;
import java.util.List;
import java.util.Map;

/** What was read from observation files, of any kind. */
public sealed interface ReadRows permits ReadHere, PartedObservations {
    /** Each file read. */
    List<Provenance.Input> inputs();

    /** Rows read in all. */
    long rows();

    /** Left out, by reason, in order of reason; at most what the policy allows. */
    Map<String, Long> badRows();
}
