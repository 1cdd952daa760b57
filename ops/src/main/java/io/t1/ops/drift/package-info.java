/** How far traffic has moved from what a table was learnt from. Here may not live: reading files, or printing. */
@NullMarked
package io.t1.ops.drift;

import org.jspecify.annotations.NullMarked;
