/** Benchmarks, the load generator, comparisons with peers. Here may not live: anything that ships to a search node. */
@NullMarked
package io.t1.bench;

import org.jspecify.annotations.NullMarked;
