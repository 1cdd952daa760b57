package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTES_PREFIX_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.MAX_FEATURES;
import static io.t1.codec.frame.FrameDescriptor.MAX_QUERIES;

import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.DecideRequestEncoder;
import io.t1.codec.wire.FeatureEncoding;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a DecideRequest frame in place: {@link #wrap}, the ids, features from {@link #featuresOffset()} on, scores from
 * {@link #scoresOffset()} on if they were asked for.
 *
 * <p>Threading: one thread. Allocation: none after the constructor.
 */
public final class DecideRequestFrame {
    private final DecideRequestEncoder encoder = new DecideRequestEncoder();
    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int featuresOffset;
    private int scoresOffset;
    private int length;

    /** Whether a request carries the node's own scores. */
    public enum Scores {
        /** None. */
        ABSENT,
        /** One float32 a query, NaN for none. */
        PRESENT
    }

    /** Bytes of the whole frame. */
    public static int frameLength(
            final int queryCount, final int featureCount, final FeatureEncoding encoding, final Scores scores) {
        return BODY_OFFSET
                + DecideRequestEncoder.BLOCK_LENGTH
                + 2 * BYTES_PREFIX_LENGTH
                + featuresLength(queryCount, featureCount, encoding)
                + scoresLength(queryCount, scores);
    }

    /**
     * Starts a frame: all but the ids, the deadline (0: none), the features and the scores is written.
     *
     * @param queryCount 1 to 1,024.
     * @param featureCount 1 to 16.
     */
    public DecideRequestFrame wrap(
            final MutableDirectBuffer buffer,
            final int offset,
            final int queryCount,
            final int featureCount,
            final FeatureEncoding encoding,
            final BatchLayout layout,
            final Scores scores) {
        if (queryCount < 1 || queryCount > MAX_QUERIES) {
            throw new IllegalArgumentException("queryCount=" + queryCount + " not in 1.." + MAX_QUERIES);
        }
        if (featureCount < 1 || featureCount > MAX_FEATURES) {
            throw new IllegalArgumentException("featureCount=" + featureCount + " not in 1.." + MAX_FEATURES);
        }
        final int needed = frameLength(queryCount, featureCount, encoding, scores);
        FrameWriter.begin(buffer, offset, needed, DecideRequestEncoder.BLOCK_LENGTH, DecideRequestEncoder.TEMPLATE_ID);
        final int body = FrameWriter.body(offset);
        encoder.wrap(buffer, body)
                .correlationId(0)
                .tableHandle(0)
                .queryCount(queryCount)
                .featureCount((short) featureCount)
                .encoding(encoding)
                .layout(layout)
                .featureSetId(0)
                .quantiserId(0)
                .deadlineMicros(0);
        final int featureBytes = featuresLength(queryCount, featureCount, encoding);
        final int features = body + DecideRequestEncoder.BLOCK_LENGTH;
        buffer.putInt(features, featureBytes, BYTE_ORDER);
        featuresOffset = features + BYTES_PREFIX_LENGTH;
        buffer.putInt(featuresOffset + featureBytes, scoresLength(queryCount, scores), BYTE_ORDER);
        scoresOffset = featuresOffset + featureBytes + BYTES_PREFIX_LENGTH;
        length = needed;
        this.buffer = buffer;
        return this;
    }

    /** Comes back in the response. */
    public DecideRequestFrame correlationId(final long correlationId) {
        encoder.correlationId(correlationId);
        return this;
    }

    /** The table, as HelloAck named it. */
    public DecideRequestFrame table(final long handle, final long featureSetId, final long quantiserId) {
        encoder.tableHandle(handle).featureSetId(featureSetId).quantiserId(quantiserId);
        return this;
    }

    /** From the request's arrival, in microseconds; 0: none. */
    public DecideRequestFrame deadlineMicros(final long deadlineMicros) {
        encoder.deadlineMicros(deadlineMicros);
        return this;
    }

    /** Float32 feature number {@code index} of the batch, counted in the batch's layout. */
    public void feature(final int index, final float value) {
        buffer.putFloat(featuresOffset + index * Float.BYTES, value, BYTE_ORDER);
    }

    /** One-byte code number {@code index} of the batch, counted in the batch's layout. */
    public void code(final int index, final byte code) {
        buffer.putByte(featuresOffset + index, code);
    }

    /** The node's score of a query, NaN for none; only in a frame with scores. */
    public void score(final int query, final float score) {
        buffer.putFloat(scoresOffset + query * Float.BYTES, score, BYTE_ORDER);
    }

    /** Where the features go in the buffer. */
    public int featuresOffset() {
        return featuresOffset;
    }

    /** Where the scores go in the buffer. */
    public int scoresOffset() {
        return scoresOffset;
    }

    /** Bytes of the whole frame. */
    public int length() {
        return length;
    }

    private static int featuresLength(final int queryCount, final int featureCount, final FeatureEncoding encoding) {
        return queryCount * featureCount * (encoding == FeatureEncoding.CODES ? 1 : Float.BYTES);
    }

    private static int scoresLength(final int queryCount, final Scores scores) {
        return scores == Scores.PRESENT ? queryCount * Float.BYTES : 0;
    }
}
