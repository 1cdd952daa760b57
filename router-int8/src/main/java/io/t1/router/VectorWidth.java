package io.t1.router;

import jdk.incubator.vector.ShortVector;

/** How wide this machine's registers are, as far as a kernel exists for them. Loaded only where the module is there. */
final class VectorWidth {
    static final int LEAST_BITS = 128;
    private static final int MOST_BITS = 512;

    private VectorWidth() {}

    /** 512, 256 or 128; 0 when the registers are narrower. */
    static int preferredBits() {
        final int bits = Integer.highestOneBit(ShortVector.SPECIES_PREFERRED.vectorBitSize());
        return bits < LEAST_BITS ? 0 : Math.min(bits, MOST_BITS);
    }
}
