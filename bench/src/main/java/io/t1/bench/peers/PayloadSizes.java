package io.t1.bench.peers;

import io.t1.codec.frame.DecideRequestFrame;
import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.wire.FeatureEncoding;

/** How long our messages are; a peer's are as long. */
public final class PayloadSizes {
    private static final int FEATURES = 8;

    /** Bytes of a request of one query with 8 float32 features. */
    public static final int REQUEST =
            DecideRequestFrame.frameLength(1, FEATURES, FeatureEncoding.FLOAT32, DecideRequestFrame.Scores.ABSENT);

    /** Bytes of its response. */
    public static final int RESPONSE = DecideResponseFrame.frameLength(1);

    private PayloadSizes() {}
}
