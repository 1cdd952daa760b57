package io.t1.router;

import static io.t1.router.RouterTableDescriptor.*;

import io.t1.router.artifact.RouterArtifact;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An INT8 router table, off-heap and immutable: INT8 values, pair grids, default codes, biases and output steps.
 *
 * <p>Threading: any. Bytes: {@link RouterTableDescriptor}. Closed by its owner once no kernel reads it: {@link #close}
 * waits for nobody.
 */
public final class RouterTable implements AutoCloseable {
    private final UnsafeBuffer image;
    private final long address;
    private final int length;
    private final int features;
    private final int outputs;
    private final int pairs;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Takes over {@code length} bytes of {@link TableMemory} that hold a checked image. */
    private RouterTable(final UnsafeBuffer image, final long address) {
        this.image = image;
        this.address = address;
        length = image.capacity();
        features = RouterTableImage.features(image);
        outputs = RouterTableImage.outputs(image);
        pairs = RouterTableImage.pairs(image);
    }

    /**
     * Lays an artifact's numbers out off-heap.
     *
     * @throws IllegalArgumentException if the artifact breaks a rule of its format, monotonicity included.
     */
    public static RouterTable of(final RouterArtifact artifact) {
        final UnsafeBuffer encoded = new UnsafeBuffer(RouterTableImage.encode(artifact));
        return ofImage(encoded, 0, encoded.capacity());
    }

    /**
     * Copies an image off-heap and checks the copy: version, shape, length, checksum, and what the arithmetic rests on.
     *
     * @param source the bytes of {@link #copyImage}; not kept.
     * @throws IllegalArgumentException if they aren't a whole table; nothing stays allocated.
     */
    public static RouterTable ofImage(final DirectBuffer source, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, source.capacity());
        RouterTableImage.checkLength(length);
        final long address = TableMemory.allocate(length);
        try {
            final UnsafeBuffer image = new UnsafeBuffer(address, length);
            source.getBytes(offset, image, 0, length);
            RouterTableImage.check(image);
            return new RouterTable(image, address);
        } catch (final RuntimeException e) {
            TableMemory.free(address, length);
            throw e;
        }
    }

    /** Another table of the same content, with memory of its own. */
    public RouterTable copy() {
        return ofImage(image, 0, length);
    }

    /** Features, 1 to 16. */
    public int features() {
        return features;
    }

    /** Outputs, 4 or 5, in the order of {@code OutputName}. */
    public int outputs() {
        return outputs;
    }

    /** Pairs, 0 to 8. */
    public int pairs() {
        return pairs;
    }

    /** {@code bias[output]}. */
    public int bias(final int output) {
        return image.getInt(outputOffset(output) + BIAS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** {@code k[feature][output][knot]}, an INT8. */
    public int value(final int feature, final int output, final int knot) {
        return image.getByte(knotsOffset(feature, output, features, outputs, pairs) + knot);
    }

    /** The feature whose code picks a pair's row. */
    public int pairFirst(final int pair) {
        return image.getByte(pairOffset(pair, features, outputs));
    }

    /** The feature whose code picks a pair's column. */
    public int pairSecond(final int pair) {
        return image.getByte(pairOffset(pair, features, outputs) + 1);
    }

    /** {@code h[pair][output]} at {@code cell = 9 * row + column}, an INT8. */
    public int gridValue(final int pair, final int output, final int cell) {
        return image.getByte(gridOffset(pair, output, features, outputs, pairs) + cell);
    }

    /** The code of NaN, 0 to 255. */
    public int defaultCode(final int feature) {
        return image.getByte(defaultCodeOffset(feature, outputs)) & 0xFF;
    }

    /** {@code offset[output]}: y at acc 0. */
    public float offset(final int output) {
        return float32(outputOffset(output) + OFFSET_OFFSET);
    }

    /** {@code scale[output]}: y per accumulator step. */
    public float scale(final int output) {
        return float32(outputOffset(output) + SCALE_OFFSET);
    }

    /** Least y. */
    public float lo(final int output) {
        return float32(outputOffset(output) + LO_OFFSET);
    }

    /** Greatest y. */
    public float hi(final int output) {
        return float32(outputOffset(output) + HI_OFFSET);
    }

    /** Off-heap bytes that this table holds. */
    public int imageBytes() {
        return length;
    }

    /**
     * Writes the image, checksum included.
     *
     * @return bytes written, {@link #imageBytes()}.
     */
    public int copyImage(final MutableDirectBuffer target, final int offset) {
        Objects.checkFromIndexSize(offset, length, target.capacity());
        image.getBytes(0, target, offset, length);
        return length;
    }

    /** Off-heap bytes that all open tables of this process hold. */
    public static long openBytes() {
        return TableMemory.liveBytes();
    }

    /** The image in place, read-only by contract. */
    UnsafeBuffer image() {
        return image;
    }

    /** Frees the memory. Twice is harmless. What reads later fails on the bounds check rather than on the memory. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            image.wrap(new byte[0]);
            TableMemory.free(address, length);
        }
    }

    private float float32(final int at) {
        return image.getFloat(at, ByteOrder.LITTLE_ENDIAN);
    }
}
