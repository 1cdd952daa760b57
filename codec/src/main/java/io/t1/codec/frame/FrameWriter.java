package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.MAX_FRAME_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.wire.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** The length prefix and the header of a frame whose length is known before it is written. Allocation: none. */
final class FrameWriter {
    private FrameWriter() {}

    /**
     * Makes sure of the room, then writes prefix and header.
     *
     * @param length of the whole frame, its prefix included.
     * @throws IllegalArgumentException if the frame would be over the cap.
     * @throws IndexOutOfBoundsException if the buffer hasn't the room and doesn't grow.
     */
    static void begin(
            final MutableDirectBuffer buffer,
            final int offset,
            final long length,
            final int blockLength,
            final int templateId) {
        if (length - PREFIX_LENGTH > MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException(
                    "frameLength=" + (length - PREFIX_LENGTH) + " > maxFrameLength=" + MAX_FRAME_LENGTH);
        }
        buffer.checkLimit(offset + (int) length); // grows one that can, else throws: no flag switches it off
        prefix(buffer, offset, (int) length);
        buffer.putShort(offset + 4, (short) blockLength, BYTE_ORDER);
        buffer.putShort(offset + 6, (short) templateId, BYTE_ORDER);
        buffer.putShort(offset + 8, (short) MessageHeaderEncoder.SCHEMA_ID, BYTE_ORDER);
        buffer.putShort(offset + 10, (short) MessageHeaderEncoder.SCHEMA_VERSION, BYTE_ORDER);
    }

    static void prefix(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putInt(offset, length - PREFIX_LENGTH, BYTE_ORDER);
    }

    static int body(final int offset) {
        return offset + BODY_OFFSET;
    }

    static int textLength(final byte[] text, final String name, final int most) {
        if (text.length > most) {
            throw new IllegalArgumentException(name + " length=" + text.length + " > " + most + " bytes of UTF-8");
        }
        return FrameDescriptor.TEXT_PREFIX_LENGTH + text.length;
    }
}
