package io.t1.router;

import io.t1.router.artifact.FeatureSpec;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns float32 features into one-byte codes: the definitions' "Router table", step 1, in float32.
 *
 * <p>The segment {@code s} of x is the number of interior knots that are {@code <= x}; its sixteenth is
 * {@code r = (int) ((x - k[s]) * (16 / (k[s+1] - k[s])))}, held to 0..15; the code is {@code 16 * s + r}. So x below the
 * first knot is code 0, from the last knot on 255; infinities are held to these; -0.0 is 0.0; NaN is the feature's
 * default code. A greater x never has a lesser code.
 *
 * <p>Threading: any. Allocation: none after construction.
 */
public final class Quantiser {
    /** From this many queries on, the vector quantiser is worth calling. */
    private static final int BATCH = 32;

    private final QuantiserSegments segments;
    private final int features;
    private final ColumnQuantiser few;
    private final ColumnQuantiser many;
    private final @Nullable VectorRowQuantiser one;

    private Quantiser(
            final QuantiserSegments segments,
            final ColumnQuantiser few,
            final ColumnQuantiser many,
            final @Nullable VectorRowQuantiser one) {
        this.segments = segments;
        features = segments.defaultCodes.length;
        this.few = few;
        this.many = many;
        this.one = one;
    }

    /** A quantiser for a table's features that needs nothing of the machine. */
    public static Quantiser of(final List<FeatureSpec> features) {
        return scalar(new QuantiserSegments(features));
    }

    private static Quantiser scalar(final QuantiserSegments segments) {
        final ColumnQuantiser scalar = new ScalarQuantiser(segments);
        return new Quantiser(segments, scalar, scalar, null);
    }

    /**
     * A quantiser that suits a kernel: beside the vector kernel, batches are quantised by vectors too.
     *
     * @throws IllegalStateException if the kernel isn't {@link KernelKind#available()}.
     */
    public static Quantiser of(final List<FeatureSpec> features, final KernelKind kernel) {
        return of(features).withKernel(kernel);
    }

    /**
     * One of the same features that suits a kernel; this, where this does.
     *
     * @throws IllegalStateException if the kernel isn't {@link KernelKind#available()}.
     */
    public Quantiser withKernel(final KernelKind kernel) {
        if (kernel != KernelKind.VECTOR) {
            return many instanceof ScalarQuantiser ? this : scalar(segments);
        }
        kernel.requireAvailable();
        return new Quantiser(
                segments,
                new ScalarQuantiser(segments),
                new VectorQuantiser(segments, VectorWidth.preferredBits()),
                VectorWidth.preferredBits() < VectorRowQuantiser.BITS ? null : new VectorRowQuantiser(segments));
    }

    /** A copy of a feature's knots, 17, in its unit. */
    public float[] knots(final int feature) {
        return segments.knots(feature);
    }

    /** The code of a feature's NaN, 0 to 255. */
    public int defaultCode(final int feature) {
        return segments.defaultCodes[feature] & 0xFF;
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
     * @param room the calling thread's.
     */
    public void quantiseRows(
            final DirectBuffer rows,
            final int offset,
            final byte[] codes,
            final int stride,
            final int count,
            final QuantiserRoom room) {
        check(rows, offset, codes, stride, count);
        final VectorRowQuantiser one = this.one;
        if (one != null) {
            one.quantise(rows, offset, codes, stride, count, room);
            return;
        }
        final ColumnQuantiser quantiser = count < BATCH ? few : many;
        for (int f = 0; f < features; f++) {
            quantiser.quantise(f, rows, offset + Float.BYTES * f, Float.BYTES * features, codes, f * stride, count);
        }
    }

    /** The same for columns: the value of query q is at {@code offset + 4 * (feature * count + q)}. */
    public void quantiseColumns(
            final DirectBuffer columns, final int offset, final byte[] codes, final int stride, final int count) {
        check(columns, offset, codes, stride, count);
        final ColumnQuantiser quantiser = count < BATCH ? few : many;
        for (int f = 0; f < features; f++) {
            quantiser.quantise(f, columns, offset + Float.BYTES * f * count, Float.BYTES, codes, f * stride, count);
        }
    }

    /** The same for one query on the heap: {@code codes[feature]}. Room for whole registers, 16 codes, is the fastest. */
    public void quantise(final float[] row, final byte[] codes) {
        Objects.checkFromIndexSize(0, features, Math.min(row.length, codes.length));
        final VectorRowQuantiser one = this.one;
        if (one != null && one.fits(codes)) {
            one.quantise(row, codes);
            return;
        }
        for (int f = 0; f < features; f++) {
            codes[f] = few.quantise(f, row[f]);
        }
    }

    private void check(
            final DirectBuffer values, final int offset, final byte[] codes, final int stride, final int count) {
        Objects.checkIndex(count - 1, stride);
        Objects.checkFromIndexSize(
                offset, Math.multiplyExact(Math.multiplyExact(features, count), Float.BYTES), values.capacity());
        Objects.checkFromIndexSize(Math.multiplyExact(features - 1, stride), count, codes.length);
    }
}
