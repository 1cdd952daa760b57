/** The rows of the benchmark table, a class each. */
@NullMarked
package io.t1.bench.rows;

import org.jspecify.annotations.NullMarked;
