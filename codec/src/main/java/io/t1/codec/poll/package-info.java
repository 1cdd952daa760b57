/**
 * How an end of a connection waits for the other: by spinning, by sleeping, or by the one that pays at the time.
 *
 * <p>Here may not live: what is waited for.
 */
@NullMarked
package io.t1.codec.poll;

import org.jspecify.annotations.NullMarked;
