/**
 * The search node: its index, its first stage with the features it shows, and what each arm does on top. Here may not
 * live: judgements in a query's path, or a clock that an arm could read.
 */
@NullMarked
package io.t1.ops.lab.search;

import org.jspecify.annotations.NullMarked;
