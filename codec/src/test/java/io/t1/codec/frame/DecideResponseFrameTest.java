package io.t1.codec.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.t1.codec.wire.DecideResponseEncoder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideResponseFrameTest {
    /** The generated encoder, field by field, is the witness of the wide stores. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 1024"})
    void wideStoresWriteWhatTheGeneratedEncoderWrites(final long seed, final int count) {
        final int offset = 5;
        final byte[] byField = new byte[offset + DecideResponseFrame.frameLength(count)];
        final byte[] wide = new byte[byField.length];
        new Random(seed).nextBytes(wide);
        System.arraycopy(wide, 0, byField, 0, offset);
        final var one = new DecideResponseFrame().wrap(new UnsafeBuffer(byField), offset, 7, 9, count);
        final var other = new DecideResponseFrame().wrap(new UnsafeBuffer(wide), offset, 7, 9, count);
        final Random random = new Random(seed);
        for (int q = 0; q < count; q++) {
            final long id = random.nextLong();
            final float[] f = new float[6];
            for (int i = 0; i < f.length; i++) {
                f[i] = random.nextInt(4) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            final int flags = random.nextInt(1 << 7);
            final int ef = random.nextInt(1 << 16);
            final int topk = random.nextInt(1 << 16);
            final int depth = random.nextInt(1 << 16);
            final byte arm = (byte) random.nextInt(3);
            final DecideResponseEncoder.DecisionsEncoder entry = one.next();
            entry.decisionId(id)
                    .tau(f[0])
                    .spendCapMs(f[1])
                    .minConfGain(f[2])
                    .score(f[3])
                    .expectedGain(f[4])
                    .propensity(f[5]);
            entry.flags().buffer().putShort(entry.flags().offset(), (short) flags, FrameDescriptor.BYTE_ORDER);
            entry.ef(ef).topk(topk).rerankDepth(depth).arm(arm);
            other.decisionId(q, id)
                    .policy(q, f[0], f[1], f[2])
                    .evidence(q, f[3], f[4], f[5])
                    .done(q, flags | ((long) ef << 16) | ((long) topk << 32) | ((long) depth << 48), arm);
        }
        assertArrayEquals(byField, wide, "seed=" + seed);
    }
}
