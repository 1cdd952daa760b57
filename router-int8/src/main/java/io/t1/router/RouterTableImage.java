package io.t1.router;

import static io.t1.router.RouterTableDescriptor.*;

import io.t1.router.artifact.AccumulatorRange;
import io.t1.router.artifact.ArtifactChecks;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes a table's image, and proves of bytes from outside that they are one. */
final class RouterTableImage {
    private static final int MOST_OUTPUTS = OutputName.values().length;
    private static final int LONGEST = length(RouterArtifact.MAX_FEATURES, MOST_OUTPUTS, RouterArtifact.MAX_PAIRS);

    private static final int NEGATIVE_ZERO = 1 << 31; // its bits

    private RouterTableImage() {}

    static int features(final DirectBuffer image) {
        return image.getByte(FEATURES_OFFSET);
    }

    static int outputs(final DirectBuffer image) {
        return image.getByte(OUTPUTS_OFFSET);
    }

    static int pairs(final DirectBuffer image) {
        return image.getByte(PAIRS_OFFSET);
    }

    /** The image of a checked artifact, on the heap. */
    static byte[] encode(final RouterArtifact artifact) {
        try {
            ArtifactChecks.check(artifact);
        } catch (final RefusedArtifactException e) {
            throw new IllegalArgumentException("not a valid table: " + e.getMessage(), e);
        }
        final int features = artifact.features().size();
        final int outputs = artifact.outputs().size();
        final int pairs = artifact.pairs().size();
        final byte[] bytes = new byte[length(features, outputs, pairs)];
        final UnsafeBuffer image = new UnsafeBuffer(bytes);
        image.putInt(MAGIC_OFFSET, MAGIC, ByteOrder.LITTLE_ENDIAN);
        image.putShort(VERSION_OFFSET, (short) VERSION, ByteOrder.LITTLE_ENDIAN);
        image.putByte(FEATURES_OFFSET, (byte) features);
        image.putByte(OUTPUTS_OFFSET, (byte) outputs);
        image.putByte(PAIRS_OFFSET, (byte) pairs);
        image.putInt(LENGTH_OFFSET, bytes.length, ByteOrder.LITTLE_ENDIAN);
        for (int o = 0; o < outputs; o++) {
            final OutputSpec output = artifact.outputs().get(o);
            image.putInt(outputOffset(o) + BIAS_OFFSET, output.bias(), ByteOrder.LITTLE_ENDIAN);
            putFloat(image, outputOffset(o) + OFFSET_OFFSET, output.offset());
            putFloat(image, outputOffset(o) + SCALE_OFFSET, output.scale());
            putFloat(image, outputOffset(o) + LO_OFFSET, output.lo());
            putFloat(image, outputOffset(o) + HI_OFFSET, output.hi());
            for (int f = 0; f < features; f++) {
                image.putBytes(knotsOffset(f, o, features, outputs, pairs), output.values()[f]);
            }
        }
        for (int f = 0; f < features; f++) {
            image.putByte(defaultCodeOffset(f, outputs), (byte)
                    artifact.features().get(f).defaultCode());
        }
        for (int p = 0; p < pairs; p++) {
            final PairSpec pair = artifact.pairs().get(p);
            image.putByte(pairOffset(p, features, outputs), (byte) pair.first());
            image.putByte(pairOffset(p, features, outputs) + 1, (byte) pair.second());
            for (int o = 0; o < outputs; o++) {
                image.putBytes(gridOffset(p, o, features, outputs, pairs), pair.grids()[o]);
            }
        }
        final int checksumAt = checksumOffset(features, outputs, pairs);
        image.putInt(checksumAt, crc32c(image, checksumAt), ByteOrder.LITTLE_ENDIAN);
        return bytes;
    }

    static void checkLength(final int length) {
        if (length < HEADER_LENGTH || length > LONGEST) {
            throw new IllegalArgumentException(
                    "table image length=" + length + " not in " + HEADER_LENGTH + ".." + LONGEST);
        }
    }

    /** Checks an image of at least a header, so that no code can lead a kernel outside it. */
    static void check(final UnsafeBuffer image) {
        final int magic = image.getInt(MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (magic != MAGIC) {
            throw new IllegalArgumentException("table image magic=" + Integer.toHexString(magic) + " isn't T1RT");
        }
        final int version = image.getShort(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (version != VERSION) {
            throw new IllegalArgumentException("table image version=" + version + ", this reads " + VERSION);
        }
        final int features = features(image);
        final int outputs = outputs(image);
        final int pairs = pairs(image);
        requireRange("features", features, 1, RouterArtifact.MAX_FEATURES);
        requireRange("outputs", outputs, RouterArtifact.MIN_OUTPUTS, MOST_OUTPUTS);
        requireRange("pairs", pairs, 0, RouterArtifact.MAX_PAIRS);
        final int length = length(features, outputs, pairs);
        requireRange("length", image.getInt(LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN), length, length);
        requireRange("bytes", image.capacity(), length, length);
        final int checksumAt = checksumOffset(features, outputs, pairs);
        final int stored = image.getInt(checksumAt, ByteOrder.LITTLE_ENDIAN);
        final int computed = crc32c(image, checksumAt);
        if (stored != computed) {
            throw new IllegalArgumentException("table image checksum=" + Integer.toHexString(stored)
                    + " but its bytes give " + Integer.toHexString(computed));
        }
        for (int p = 0; p < pairs; p++) {
            final int second = image.getByte(pairOffset(p, features, outputs) + 1);
            requireRange("pair " + p + " second", second, 1, features - 1);
            requireRange("pair " + p + " first", image.getByte(pairOffset(p, features, outputs)), 0, second - 1);
        }
        checkFloats(image, outputs);
    }

    /**
     * What finite arithmetic rests on, and kernels that don't tell zeros apart. The finer rules were checked on the
     * artifact, and the checksum holds them.
     */
    private static void checkFloats(final UnsafeBuffer image, final int outputs) {
        for (int o = 0; o < outputs; o++) {
            final int at = outputOffset(o);
            final int bias = image.getInt(at + BIAS_OFFSET, ByteOrder.LITTLE_ENDIAN);
            requireRange("output " + o + " bias", bias, -AccumulatorRange.LIMIT, AccumulatorRange.LIMIT);
            requireNoNegativeZero(image, o, at + OFFSET_OFFSET);
            requireNoNegativeZero(image, o, at + SCALE_OFFSET);
            requireNoNegativeZero(image, o, at + LO_OFFSET);
            requireNoNegativeZero(image, o, at + HI_OFFSET);
            final float scale = getFloat(image, at + SCALE_OFFSET);
            final float lo = getFloat(image, at + LO_OFFSET);
            final float hi = getFloat(image, at + HI_OFFSET);
            if (!Float.isFinite(getFloat(image, at + OFFSET_OFFSET)) || !Float.isFinite(scale) || !(lo <= hi)) {
                throw new IllegalArgumentException(
                        "table image output " + o + " scale=" + scale + ", lo=" + lo + ", hi=" + hi);
            }
        }
    }

    private static void requireNoNegativeZero(final UnsafeBuffer image, final int output, final int at) {
        if (image.getInt(at, ByteOrder.LITTLE_ENDIAN) == NEGATIVE_ZERO) {
            throw new IllegalArgumentException(
                    "table image output " + output + " has -0.0 at byte=" + at + ", an image has 0.0");
        }
    }

    private static void requireRange(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("table image " + name + "=" + value + " not in " + least + ".." + most);
        }
    }

    private static int crc32c(final UnsafeBuffer image, final int length) {
        final byte[] bytes = new byte[length];
        image.getBytes(0, bytes);
        final CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.wrap(bytes));
        return (int) checksum.getValue();
    }

    /** -0.0 goes in as 0.0, as the artifact's file has it. */
    private static void putFloat(final UnsafeBuffer image, final int at, final float value) {
        image.putFloat(at, value + 0.0f, ByteOrder.LITTLE_ENDIAN);
    }

    private static float getFloat(final UnsafeBuffer image, final int at) {
        return image.getFloat(at, ByteOrder.LITTLE_ENDIAN);
    }
}
