/** A table's curves, feature by feature: kept beside it, and drawn. Here may not live: how they are fitted. */
@NullMarked
package io.t1.ops.shapes;

import org.jspecify.annotations.NullMarked;
