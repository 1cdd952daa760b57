/** Other systems that do a comparable job, each started and driven by the benchmark itself. */
@NullMarked
package io.t1.bench.peers;

import org.jspecify.annotations.NullMarked;
