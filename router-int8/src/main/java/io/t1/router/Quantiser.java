package io.t1.router;

import io.t1.router.artifact.FeatureSpec;
import java.util.List;
import org.agrona.DirectBuffer;

/** Turns float32 features into one-byte codes. Threading: any. Allocation: none after construction. */
public final class Quantiser {
    private final int features;

    private Quantiser(final int features) {
        this.features = features;
    }

    /** A quantiser for a table's features. */
    public static Quantiser of(final List<FeatureSpec> features) {
        return new Quantiser(features.size());
    }

    /** How many features. */
    public int features() {
        return features;
    }

    /**
     * Quantises rows of little-endian float32.
     *
     * @param rows query by query, {@code 4 * features * count} bytes from {@code offset}.
     * @param codes filled feature by feature: {@code feature * stride + q}.
     */
    public void quantiseRows(
            final DirectBuffer rows, final int offset, final byte[] codes, final int stride, final int count) {}

    /** The same for columns: the value of query q is at {@code offset + 4 * (feature * count + q)}. */
    public void quantiseColumns(
            final DirectBuffer columns, final int offset, final byte[] codes, final int stride, final int count) {}

    /** The same for one query on the heap: {@code codes[feature]}. */
    public void quantise(final float[] row, final byte[] codes) {}
}
