package io.t1.gating;

import io.t1.codec.Arm;
import java.util.Arrays;
import java.util.Random;

/** Decided batches with every column filled at random: their writer is this package's own. */
public final class RandomBatches {
    private static final int FLAG_BITS = 7;

    private RandomBatches() {}

    /** A batch of so many decisions; flags, arms and 16-bit figures take all their values. */
    public static DecisionBatch batch(final Random random, final int count) {
        final DecisionBatch batch = new DecisionBatch(count);
        batch.count = count;
        batch.tableVersion = random.nextLong();
        for (int q = 0; q < count; q++) {
            batch.decisionId[q] = random.nextLong();
            batch.arm[q] = (byte) random.nextInt(Arm.COUNT);
            batch.score[q] = random.nextFloat();
            batch.propensity[q] = random.nextFloat();
            batch.expectedGain[q] = random.nextInt(8) == 0 ? Float.NaN : random.nextFloat();
            batch.done[q] = DecisionBatch.done(
                    random.nextInt(1 << FLAG_BITS),
                    random.nextInt(1 << 16),
                    random.nextInt(1 << 16),
                    random.nextInt(1 << 16));
        }
        return batch;
    }

    /** A batch whose decisions all have this arm and these flags, their other columns 0. */
    public static DecisionBatch uniform(final Arm arm, final int flags, final int count) {
        final DecisionBatch batch = new DecisionBatch(count);
        batch.count = count;
        Arrays.fill(batch.arm, arm.code());
        Arrays.fill(batch.done, DecisionBatch.done(flags, 0, 0, 0));
        return batch;
    }
}
