/**
 * What the server knows of itself: latencies by phase, decisions by arm, errors, reloads.
 *
 * <p>Here live the per-thread recorders that event loops write, what sums them up once a second, the interval log and
 * the snapshot that {@code /stats}, {@code /metrics} and the wire report. Here may not live: sockets, tables,
 * verdicts about a release.
 */
@NullMarked
package io.t1.sidecar.stats;

import org.jspecify.annotations.NullMarked;
