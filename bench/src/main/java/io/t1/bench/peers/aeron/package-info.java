/** Aeron's shared-memory transport. */
@NullMarked
package io.t1.bench.peers.aeron;

import org.jspecify.annotations.NullMarked;
