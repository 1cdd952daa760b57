/** jcstress tests of races between threads, each outcome with its story. Here may not live: anything that measures time. */
@NullMarked
package io.t1.bench.stress;

import org.jspecify.annotations.NullMarked;
