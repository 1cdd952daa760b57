/** Drawings for people, as SVG. Here may not live: what is drawn. */
@NullMarked
package io.t1.ops.plot;

import org.jspecify.annotations.NullMarked;
