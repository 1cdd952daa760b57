package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.MAX_QUERIES;

import io.t1.codec.wire.DecideResponseEncoder;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a DecideResponse frame in place: {@link #wrap}, then {@link #next()} once a query, by the generated encoder. Where
 * it must be fast, {@link DecideResponseColumns} writes the same bytes.
 *
 * <p>Threading: one thread. Allocation: none after the constructor.
 */
public final class DecideResponseFrame {
    private static final int ENTRY_LENGTH = DecideResponseEncoder.DecisionsEncoder.sbeBlockLength();

    private final DecideResponseEncoder encoder = new DecideResponseEncoder();
    private DecideResponseEncoder.@Nullable DecisionsEncoder decisions;
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
        return this;
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
