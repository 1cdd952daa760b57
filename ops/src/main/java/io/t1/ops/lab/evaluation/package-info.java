/** How good a ranking is, as trec_eval measures it. Here may not live: anything that ranks. */
@NullMarked
package io.t1.ops.lab.evaluation;

import org.jspecify.annotations.NullMarked;
