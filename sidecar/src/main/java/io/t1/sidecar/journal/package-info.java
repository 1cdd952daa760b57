/**
 * Observations on disk: every decision and outcome, off the decision path.
 *
 * <p>Here live the record's bytes, the bounded ring between event loops and the journal's thread, the Chronicle Queue
 * behind it and its reader. Here may not live: anything that waits on a decision, anything that learns from the records.
 */
@NullMarked
package io.t1.sidecar.journal;

import org.jspecify.annotations.NullMarked;
