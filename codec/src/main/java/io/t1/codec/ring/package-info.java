/**
 * A pair of rings in a file that two processes map: one carries frames from client to server, one back.
 *
 * <p>Neither side believes the other: lengths are checked once, on a copy, and what is read is copied out before it is
 * verified, so that nothing which changes afterwards can matter. Here may not live: sockets, threads, policy.
 */
@NullMarked
package io.t1.codec.ring;

import org.jspecify.annotations.NullMarked;
