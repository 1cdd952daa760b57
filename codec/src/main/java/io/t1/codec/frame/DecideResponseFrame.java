package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.MAX_QUERIES;

import io.t1.codec.wire.DecideResponseEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a DecideResponse frame in place: {@link #wrap}, then each query's fields, either by {@link #next()} once a query,
 * or, with a few wide stores, by {@link #decisionId}, {@link #policy}, {@link #evidence} and {@link #done}.
 *
 * <p>Threading: one thread. Allocation: none after the constructor.
 */
public final class DecideResponseFrame {
    private static final int ENTRY_LENGTH = DecideResponseEncoder.DecisionsEncoder.sbeBlockLength();

    // neighbours in the schema, written by one store where eight bytes hold them
    private static final int DECISION_ID_OFFSET = DecideResponseEncoder.DecisionsEncoder.decisionIdEncodingOffset();
    private static final int TAU_OFFSET = DecideResponseEncoder.DecisionsEncoder.tauEncodingOffset();
    private static final int MIN_CONF_GAIN_OFFSET = DecideResponseEncoder.DecisionsEncoder.minConfGainEncodingOffset();
    private static final int SCORE_OFFSET = DecideResponseEncoder.DecisionsEncoder.scoreEncodingOffset();
    private static final int PROPENSITY_OFFSET = DecideResponseEncoder.DecisionsEncoder.propensityEncodingOffset();
    private static final int FLAGS_OFFSET = DecideResponseEncoder.DecisionsEncoder.flagsEncodingOffset();
    private static final int ARM_OFFSET = DecideResponseEncoder.DecisionsEncoder.armEncodingOffset();

    private final DecideResponseEncoder encoder = new DecideResponseEncoder();
    private DecideResponseEncoder.@Nullable DecisionsEncoder decisions;
    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int entries;
    private int length;

    /** Bytes of the whole frame. */
    public static int frameLength(final int count) {
        return BODY_OFFSET + DecideResponseEncoder.BLOCK_LENGTH + GROUP_HEADER_LENGTH + count * ENTRY_LENGTH;
    }

    /**
     * Starts a frame.
     *
     * @param tableVersion of the table that decided all of these.
     * @param count decisions, 1 to 1,024.
     */
    public DecideResponseFrame wrap(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final long tableVersion,
            final int count) {
        if (count < 1 || count > MAX_QUERIES) {
            throw new IllegalArgumentException("decisions=" + count + " not in 1.." + MAX_QUERIES);
        }
        length = frameLength(count);
        FrameWriter.begin(
                buffer, offset, length, DecideResponseEncoder.BLOCK_LENGTH, DecideResponseEncoder.TEMPLATE_ID);
        encoder.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .tableVersion(tableVersion);
        decisions = encoder.decisionsCount(count);
        this.buffer = buffer;
        entries = offset + length - count * ENTRY_LENGTH;
        return this;
    }

    /** The identity of a query's decision. */
    public DecideResponseFrame decisionId(final int query, final long decisionId) {
        buffer.putLong(entry(query) + DECISION_ID_OFFSET, decisionId, BYTE_ORDER);
        return this;
    }

    /** What the table says for a query. */
    public DecideResponseFrame policy(
            final int query, final float tau, final float spendCapMs, final float minConfGain) {
        final int entry = entry(query);
        buffer.putLong(entry + TAU_OFFSET, pair(tau, spendCapMs), BYTE_ORDER);
        buffer.putInt(entry + MIN_CONF_GAIN_OFFSET, Float.floatToRawIntBits(minConfGain), BYTE_ORDER);
        return this;
    }

    /** What a query's decision rests on. */
    public DecideResponseFrame evidence(
            final int query, final float score, final float expectedGain, final float propensity) {
        final int entry = entry(query);
        buffer.putLong(entry + SCORE_OFFSET, pair(score, expectedGain), BYTE_ORDER);
        buffer.putInt(entry + PROPENSITY_OFFSET, Float.floatToRawIntBits(propensity), BYTE_ORDER);
        return this;
    }

    /**
     * What is to be done with a query.
     *
     * @param figures flags, ef, topk and rerankDepth, 16 bits each from the lowest.
     */
    public DecideResponseFrame done(final int query, final long figures, final byte arm) {
        final int entry = entry(query);
        buffer.putLong(entry + FLAGS_OFFSET, figures, BYTE_ORDER);
        buffer.putByte(entry + ARM_OFFSET, arm);
        return this;
    }

    private int entry(final int query) {
        return entries + query * ENTRY_LENGTH;
    }

    /** Two float32 side by side, as a little-endian long holds them. */
    private static long pair(final float first, final float second) {
        return (Float.floatToRawIntBits(first) & 0xFFFF_FFFFL) | ((long) Float.floatToRawIntBits(second) << 32);
    }

    /** The next decision's fields; the buffer may hold anything there, so each must be set. */
    public DecideResponseEncoder.DecisionsEncoder next() {
        final DecideResponseEncoder.DecisionsEncoder decisions = this.decisions;
        if (decisions == null) {
            throw new IllegalStateException("next() before wrap()");
        }
        return decisions.next();
    }

    /** Bytes of the whole frame. */
    public int length() {
        return length;
    }
}
