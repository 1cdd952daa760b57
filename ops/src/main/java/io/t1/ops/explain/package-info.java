/** Why a table decides as it does: what each feature adds to each output, and what would flip the arm. */
@NullMarked
package io.t1.ops.explain;

import org.jspecify.annotations.NullMarked;
