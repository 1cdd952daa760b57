package io.t1.bench.load;

import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.FeatureEncoding;

/** How a request carries its features. */
public enum Features {
    /** float32, query by query. */
    FLOATS(FeatureEncoding.FLOAT32, BatchLayout.ROWS),
    /** float32, feature by feature. */
    FLOAT_COLUMNS(FeatureEncoding.FLOAT32, BatchLayout.COLUMNS),
    /** One-byte codes, query by query. */
    CODES(FeatureEncoding.CODES, BatchLayout.ROWS),
    /** One-byte codes, feature by feature. */
    CODE_COLUMNS(FeatureEncoding.CODES, BatchLayout.COLUMNS);

    private final FeatureEncoding encoding;
    private final BatchLayout layout;

    Features(final FeatureEncoding encoding, final BatchLayout layout) {
        this.encoding = encoding;
        this.layout = layout;
    }

    FeatureEncoding encoding() {
        return encoding;
    }

    BatchLayout layout() {
        return layout;
    }
}
