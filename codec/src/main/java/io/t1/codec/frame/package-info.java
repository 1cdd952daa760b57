/**
 * Frames: where a message starts and ends in a stream, whether its bytes hold what they claim, and whole frames written
 * in place.
 *
 * <p>A receiver puts every frame through {@link io.t1.codec.frame.FrameVerifier} and only then hands the bytes to the
 * flyweights of {@code io.t1.codec.wire}, which trust lengths and counts. Here may not live: sockets, threads, policy.
 */
@NullMarked
package io.t1.codec.frame;

import org.jspecify.annotations.NullMarked;
