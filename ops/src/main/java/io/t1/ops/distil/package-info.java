/**
 * Learns a router table from measured queries: targets, a teacher of boosted trees, and the additive INT8 student.
 *
 * <p>Everything here is a function of its inputs and a seed: the same give the same table, byte for byte. Here may not
 * live: reading files, the command line, how thresholds are chosen ({@code io.t1.ops.gate}).
 */
@NullMarked
package io.t1.ops.distil;

import org.jspecify.annotations.NullMarked;
