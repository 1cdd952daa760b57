/**
 * The main job from end to end: a lab's search node learns a table, a sidecar process serves it, the node asks it for
 * each query it hasn't seen. Here may not live: anything that the parts should do themselves.
 */
@NullMarked
package io.t1.ops.demo;

import org.jspecify.annotations.NullMarked;
