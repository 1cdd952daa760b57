package io.t1.bench.load;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;

import io.t1.codec.frame.DecideRequestFrame;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.FeatureEncoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests encoded beforehand, one after the other, each with features of its own: only the correlation id is written
 * when one is sent.
 *
 * <p>Threading: one thread. Allocation: none after {@link #of}.
 */
public final class PreparedRequests {
    private final UnsafeBuffer buffer;
    private final int frameLength;
    private final int count;

    private PreparedRequests(final UnsafeBuffer buffer, final int frameLength, final int count) {
        this.buffer = buffer;
        this.frameLength = frameLength;
        this.count = count;
    }

    /**
     * Encodes requests for tables of as many features each, in turn.
     *
     * @param count of requests.
     * @param batch queries in each, 1 to 1,024.
     * @param features how features travel.
     */
    public static PreparedRequests of(
            final List<Greeting> tables, final int count, final int batch, final Features features, final long seed) {
        final int width = tables.getFirst().knots().size();
        final int length =
                DecideRequestFrame.frameLength(batch, width, features.encoding(), DecideRequestFrame.Scores.ABSENT);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(count, length)));
        final DecideRequestFrame frame = new DecideRequestFrame();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            final Greeting table = tables.get(i % tables.size());
            final List<float[]> knots = table.knots();
            if (knots.size() != width) {
                throw new IllegalArgumentException("a table of " + knots.size() + " features among those of " + width);
            }
            frame.wrap(
                            buffer,
                            i * length,
                            batch,
                            knots.size(),
                            features.encoding(),
                            features.layout(),
                            DecideRequestFrame.Scores.ABSENT)
                    .table(table.tableHandle(), table.featureSetId(), table.quantiserId());
            for (int value = 0; value < batch * knots.size(); value++) {
                final int feature = features.layout() == BatchLayout.ROWS ? value % knots.size() : value / batch;
                if (features.encoding() == FeatureEncoding.CODES) {
                    frame.code(value, (byte) random.nextInt(256));
                } else {
                    final float[] of = knots.get(feature);
                    frame.feature(value, of[0] + (of[of.length - 1] - of[0]) * (float) random.nextDouble());
                }
            }
        }
        return new PreparedRequests(buffer, length, count);
    }

    /** Names request {@code index} by the id that its response will carry. */
    public void correlationId(final int index, final long correlationId) {
        buffer.putLong(index * frameLength + BODY_OFFSET, correlationId, BYTE_ORDER);
    }

    /** Where they all lie. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Bytes of each. */
    public int frameLength() {
        return frameLength;
    }

    /** How many there are. */
    public int count() {
        return count;
    }
}
