package io.t1.codec.client;

import java.util.SplittableRandom;

/**
 * Delays that double from a least to a most, each drawn evenly from the upper half of its step so that clients which
 * lost one sidecar don't come back in step.
 *
 * <p>Threading: one thread. Allocation: none after the constructor.
 */
final class Backoff {
    private final long minNs;
    private final long maxNs;
    private final SplittableRandom random;
    private long stepNs;

    Backoff(final long minNs, final long maxNs, final long seed) {
        this.minNs = minNs;
        this.maxNs = maxNs;
        random = new SplittableRandom(seed);
        stepNs = minNs;
    }

    /** The next delay, in nanoseconds: from half a step to a whole one. */
    long nextDelayNs() {
        final long step = stepNs;
        stepNs = step > maxNs / 2 ? maxNs : step * 2;
        final long half = step / 2;
        return step - half + (half == 0 ? 0 : random.nextLong(half + 1));
    }

    /** Starts over at the least. */
    void reset() {
        stepNs = minNs;
    }
}
