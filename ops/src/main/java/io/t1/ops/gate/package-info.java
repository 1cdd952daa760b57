/**
 * The gate's thresholds: chosen under a budget on measured queries, and judged beside what else the budget could buy.
 *
 * <p>A policy is evaluated with the classes that the sidecar decides with. Here may not live: anything that learns a
 * table, files, the command line.
 */
@NullMarked
package io.t1.ops.gate;

import org.jspecify.annotations.NullMarked;
