/** How rows are run, judged and printed. Here may not live: what a single row measures. */
@NullMarked
package io.t1.bench.suite;

import org.jspecify.annotations.NullMarked;
