/** Observations: what was measured for a query under each arm, and the files that hold it. */
@NullMarked
package io.t1.ops.observation;

import org.jspecify.annotations.NullMarked;
