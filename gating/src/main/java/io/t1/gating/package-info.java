/**
 * From router outputs to an arm.
 *
 * <p>Here live the gate, the harvest frontier under a spend cap, exploration with its propensities, the snapshot that
 * decisions are made by and its reclamation, and {@link io.t1.gating.Decider}, which a search node on the JVM embeds.
 * Here may not live: sockets, files of state, anything that learns.
 */
@NullMarked
package io.t1.gating;

import org.jspecify.annotations.NullMarked;
