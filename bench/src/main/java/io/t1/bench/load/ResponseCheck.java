package io.t1.bench.load;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.wire.DecideResponseDecoder;
import org.agrona.DirectBuffer;

/**
 * Looks at an answer just as far as to know that it is one: its message, its id, the flags of its first decision.
 *
 * <p>Threading: one thread. Allocation: none.
 */
final class ResponseCheck {
    private static final int TEMPLATE_OFFSET = PREFIX_LENGTH + 2;
    private static final int DEGRADED = 1 << 3;
    private static final int FLAGS_OFFSET = BODY_OFFSET
            + DecideResponseDecoder.BLOCK_LENGTH
            + GROUP_HEADER_LENGTH
            + DecideResponseDecoder.DecisionsDecoder.flagsEncodingOffset();

    private long errors;
    private long degraded;

    /** Counts what is amiss with a frame. */
    void look(final DirectBuffer buffer, final int offset) {
        if ((buffer.getShort(offset + TEMPLATE_OFFSET, BYTE_ORDER) & 0xFFFF) != DecideResponseDecoder.TEMPLATE_ID) {
            errors++;
        } else if ((buffer.getShort(offset + FLAGS_OFFSET, BYTE_ORDER) & DEGRADED) != 0) {
            degraded++;
        }
    }

    /** The id of the request that a frame answers. */
    static long correlationId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + BODY_OFFSET, BYTE_ORDER);
    }

    /** Frames that are no decisions. */
    long errors() {
        return errors;
    }

    /** Frames whose first decision was made without the table. */
    long degraded() {
        return degraded;
    }
}
