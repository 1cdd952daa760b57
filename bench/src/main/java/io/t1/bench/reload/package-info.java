/**
 * What changing tables does to decisions under way. Here may not live: the load itself, which is {@code
 * io.t1.bench.load}'s.
 */
@NullMarked
package io.t1.bench.reload;

import org.jspecify.annotations.NullMarked;
