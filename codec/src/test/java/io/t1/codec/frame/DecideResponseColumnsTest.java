package io.t1.codec.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.t1.codec.wire.DecideResponseEncoder;
import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideResponseColumnsTest {
    private final DecideResponseColumns columns = new DecideResponseColumns();

    /** The generated encoder, field by field, is the witness. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 1024"})
    void writeWhatTheGeneratedEncoderWrites(final long seed, final int count) {
        final Random random = new Random(seed);
        final byte[] written = new byte[DecideResponseFrame.frameLength(count) + 9];
        random.nextBytes(written);
        final byte[] expected = written.clone();
        final UnsafeBuffer outside = new UnsafeBuffer(ByteBuffer.allocateDirect(written.length));
        outside.putBytes(0, written);
        final var frame = new DecideResponseFrame().wrap(new UnsafeBuffer(expected), 0, -7, Long.MIN_VALUE, count);
        final long[] ids = random.longs(count).toArray();
        final float[][] floats = new float[6][count + 1];
        final long[] figures = random.longs(count, 0, 1L << 62).toArray();
        final byte[] arms = new byte[count];
        for (int q = 0; q < count; q++) {
            for (final float[] column : floats) {
                column[q] = random.nextInt(4) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            figures[q] &= ~0xFF80L; // seven flags
            arms[q] = (byte) random.nextInt(3);
            final DecideResponseEncoder.DecisionsEncoder entry = frame.next();
            entry.decisionId(ids[q])
                    .tau(floats[0][q])
                    .spendCapMs(floats[1][q])
                    .minConfGain(floats[2][q])
                    .score(floats[3][q])
                    .expectedGain(floats[4][q])
                    .propensity(floats[5][q]);
            entry.flags().buffer().putShort(entry.flags().offset(), (short) figures[q], FrameDescriptor.BYTE_ORDER);
            entry.ef((int) (figures[q] >>> 16) & 0xFFFF)
                    .topk((int) (figures[q] >>> 32) & 0xFFFF)
                    .rerankDepth((int) (figures[q] >>> 48))
                    .arm(arms[q]);
        }
        columns.wrap(outside, -7, Long.MIN_VALUE, count)
                .decisionIds(ids)
                .policies(floats[0], floats[1], floats[2])
                .evidence(floats[3], floats[4], floats[5])
                .done(figures, arms);
        outside.getBytes(0, written);
        assertArrayEquals(expected, written, "seed=" + seed);
    }

    /** A frame of each is a frame of one, as often. */
    @Test
    void writeAFrameOfEachAsTheyWriteItAlone() {
        final int length = DecideResponseFrame.frameLength(1);
        final var together = new UnsafeBuffer(ByteBuffer.allocateDirect(3 * length));
        final var alone = new UnsafeBuffer(ByteBuffer.allocateDirect(3 * length));
        final long[] ids = {-1, 8, 9};
        final float[] floats = {0.5f, Float.NaN, -3};
        final byte[] arms = {2, 0, 1};
        fill(columns.wrapEach(together, new long[] {70, 71, 72}, 6, 3), ids, floats, arms);
        for (int q = 0; q < 3; q++) {
            final var frame = new UnsafeBuffer(alone, q * length, length);
            final float[] value = {floats[q]};
            fill(columns.wrap(frame, 70 + q, 6, 1), new long[] {ids[q]}, value, new byte[] {arms[q]});
        }
        assertEquals(alone, together);
        final var tooShort = new UnsafeBuffer(together, 0, 3 * length - 1);
        assertThrows(IndexOutOfBoundsException.class, () -> columns.wrapEach(tooShort, ids, 6, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.wrapEach(together, new long[2], 6, 3));
    }

    private static void fill(
            final DecideResponseColumns columns, final long[] longs, final float[] floats, final byte[] arms) {
        columns.decisionIds(longs)
                .policies(floats, floats, floats)
                .evidence(floats, floats, floats)
                .done(longs, arms);
    }

    @Test
    void refuseAFrameThatTheBufferDoesNotHold() {
        final var tooShort = new UnsafeBuffer(ByteBuffer.allocateDirect(DecideResponseFrame.frameLength(3) - 1));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.wrap(tooShort, 1, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> columns.wrap(tooShort, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> columns.wrap(tooShort, 1, 1, 1025));
        final var onTheHeap = new UnsafeBuffer(new byte[1000]);
        assertThrows(IllegalArgumentException.class, () -> columns.wrap(onTheHeap, 1, 1, 1));
    }

    @Test
    void refuseAColumnThatIsShorterThanTheFrame() {
        columns.wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(1000)), 1, 1, 3);
        final float[] three = new float[3];
        assertThrows(IndexOutOfBoundsException.class, () -> columns.decisionIds(new long[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.policies(three, three, new float[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.evidence(new float[0], three, three));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.done(new long[2], new byte[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> columns.done(new long[3], new byte[2]));
    }
}
