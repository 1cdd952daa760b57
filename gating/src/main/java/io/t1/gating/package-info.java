/**
 * From router outputs to an arm.
 *
 * <p>Here live the steps of a decision ({@link io.t1.gating.Gate}, {@link io.t1.gating.Exploration} with its
 * propensities, {@link io.t1.gating.Frontier} under a spend cap) and {@link io.t1.gating.BatchDecider}, which takes a
 * batch through all of them; what decisions are made by ({@link io.t1.gating.TableSnapshot}), how it is pinned, swapped
 * and reclaimed ({@link io.t1.gating.PinnedSnapshots}, {@link io.t1.gating.ReaderEpochs}); and
 * {@link io.t1.gating.Decider}, which a search node on the JVM embeds. Here may not live: sockets, files of state,
 * anything that learns.
 */
@NullMarked
package io.t1.gating;

import org.jspecify.annotations.NullMarked;
