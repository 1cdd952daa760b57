package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.CORRELATION_ID_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.MAX_FRAME_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.TEXT_PREFIX_LENGTH;

import io.t1.codec.wire.MessageHeaderDecoder;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * Proves, in place and before anything is decoded, that a frame's bytes hold what they claim.
 *
 * <p>After {@link FrameVerdict#VALID} every field, group entry and variable datum of this build's schema lies inside
 * the frame, enumerations have known values, and ranges hold (table keys are ones that {@link io.t1.codec.TableKey}
 * takes, a DecideRequest's features are exactly as long as its counts say), so the generated decoders can neither read
 * outside nor throw. A frame of a newer schema version may be longer in its block, its entries and at its end; one of
 * this version may not. A server answers any other verdict with {@link FrameVerdict#errorCode()} and {@link #reason()}.
 *
 * <pre>{@code
 * switch (verifier.verify(buffer, offset, available)) {
 *     case VALID -> decoder.wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
 *     case INCOMPLETE -> ...
 * }
 * // then on to offset + verifier.frameLength()
 * }</pre>
 *
 * <p>Threading: one thread. Allocation: none but in {@link #reason()}. Bytes: {@link FrameDescriptor}.
 */
public final class FrameVerifier {
    private final FieldChecks fields = new FieldChecks(this);
    private final FrameFault fault = new FrameFault();
    private final int[] dataOffsets = new int[MessageKind.MAX_VARIABLE_DATA];
    private final int[] dataLengths = new int[MessageKind.MAX_VARIABLE_DATA];
    private MessageKind kind = MessageKind.ERROR;
    private int frameLength;
    private int bodyOffset;
    private int end;
    private int blockLength;
    private int version;
    private int templateId;
    private int groupOffset;
    private int groupBlockLength;
    private int groupCount;
    private int dataLength; // of what endOfData read last
    private long correlationId;
    private FrameVerdict verdict = FrameVerdict.INCOMPLETE;

    /**
     * Verifies the frame that starts at {@code offset}. The header is judged as soon as it is there, the rest once the
     * frame is whole.
     *
     * @param available bytes that may be read from {@code offset}; those past the frame are left alone.
     * @throws IndexOutOfBoundsException if the buffer is shorter than the caller says.
     */
    public FrameVerdict verify(final DirectBuffer buffer, final int offset, final int available) {
        Objects.checkFromIndexSize(offset, available, buffer.capacity()); // ours: no flag switches it off
        frameLength = 0;
        correlationId = 0;
        if (available < PREFIX_LENGTH) {
            return incomplete();
        }
        final long length = buffer.getInt(offset, BYTE_ORDER) & 0xFFFF_FFFFL;
        if (length > MAX_FRAME_LENGTH) {
            return lengthFault(FrameVerdict.FRAME_TOO_LONG, "frameLength", length, HEADER_LENGTH, MAX_FRAME_LENGTH);
        }
        if (length < HEADER_LENGTH) {
            return lengthFault(FrameVerdict.MALFORMED, "frameLength", length, HEADER_LENGTH, MAX_FRAME_LENGTH);
        }
        frameLength = PREFIX_LENGTH + (int) length;
        if (available < BODY_OFFSET) {
            return incomplete();
        }
        return verifyMessage(buffer, offset + PREFIX_LENGTH, (int) length, available - PREFIX_LENGTH);
    }

    /**
     * Verifies one whole message that a transport has already cut out: header and body, no length prefix.
     *
     * @throws IndexOutOfBoundsException if the buffer is shorter than the caller says.
     */
    public FrameVerdict verifyMessage(final DirectBuffer buffer, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, buffer.capacity());
        frameLength = length;
        correlationId = 0;
        if (length < HEADER_LENGTH || length > MAX_FRAME_LENGTH) {
            return lengthFault(FrameVerdict.MALFORMED, "messageLength", length, HEADER_LENGTH, MAX_FRAME_LENGTH);
        }
        return verifyMessage(buffer, offset, length, length);
    }

    private FrameVerdict verifyMessage(
            final DirectBuffer buffer, final int offset, final int length, final int available) {
        blockLength = uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        templateId = uint16(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
        version = uint16(buffer, offset + MessageHeaderDecoder.versionEncodingOffset());
        bodyOffset = offset + HEADER_LENGTH;
        end = offset + length;
        final int schemaId = uint16(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
        if (schemaId != MessageHeaderDecoder.SCHEMA_ID) {
            return malformed("schemaId", schemaId, MessageHeaderDecoder.SCHEMA_ID, MessageHeaderDecoder.SCHEMA_ID);
        }
        if (blockLength > length - HEADER_LENGTH) {
            return malformed("blockLength", blockLength, 0, length - HEADER_LENGTH);
        }
        final MessageKind known = MessageKind.ofTemplateId(templateId);
        if (known != null) {
            final int most = isNewer() ? length - HEADER_LENGTH : known.blockLength();
            if (blockLength < known.blockLength() || blockLength > most) {
                return malformed("blockLength", blockLength, known.blockLength(), most);
            }
        }
        if (available < length) {
            return incomplete();
        }
        if (known != MessageKind.OUTCOME && blockLength >= CORRELATION_ID_LENGTH) {
            correlationId = buffer.getLong(bodyOffset, BYTE_ORDER);
        }
        if (known == null) {
            return fault(FrameVerdict.UNKNOWN_MESSAGE, "templateId", templateId, 1, MessageKind.values().length);
        }
        kind = known;
        return verifyBody(buffer);
    }

    private FrameVerdict verifyBody(final DirectBuffer buffer) {
        long at = (long) bodyOffset + blockLength;
        if (kind.hasGroup()) {
            at = endOfGroup(buffer, at);
            if (at < 0) {
                return verdict;
            }
        }
        for (int i = 0, n = kind.dataCount(); i < n; i++) {
            at = endOfData(buffer, at, kind.dataPrefixLength());
            if (at < 0) {
                return verdict;
            }
            dataLengths[i] = dataLength;
            dataOffsets[i] = (int) at - dataLength;
        }
        if (at != end && !isNewer()) {
            return malformed("bytes after the message", end - at, 0, 0);
        }
        verdict = FrameVerdict.VALID;
        return fields.check(buffer);
    }

    /** The end of the group, or -1 once {@link #verdict} says what is wrong. */
    private long endOfGroup(final DirectBuffer buffer, final long start) {
        if (end - start < GROUP_HEADER_LENGTH) {
            malformed("bytes left for the group's size", end - start, GROUP_HEADER_LENGTH, MAX_FRAME_LENGTH);
            return -1;
        }
        groupBlockLength = uint16(buffer, (int) start);
        groupCount = uint16(buffer, (int) start + 2);
        groupOffset = (int) start + GROUP_HEADER_LENGTH;
        final int least = kind.groupBlockLength();
        if (groupBlockLength < least || (groupBlockLength > least && !isNewer())) {
            malformed("group blockLength", groupBlockLength, least, isNewer() ? 0xFFFF : least);
            return -1;
        }
        long at = groupOffset;
        for (int entry = 0; entry < groupCount; entry++) {
            if (end - at < groupBlockLength) {
                malformed("bytes left for a group entry", end - at, groupBlockLength, MAX_FRAME_LENGTH);
                return -1;
            }
            at += groupBlockLength;
            for (int i = 0, n = kind.groupTextCount(); i < n; i++) {
                at = endOfData(buffer, at, TEXT_PREFIX_LENGTH);
                if (at < 0) {
                    return -1;
                }
            }
        }
        return at;
    }

    /** The end of variable data that starts with its length, or -1 once {@link #verdict} says what is wrong. */
    private long endOfData(final DirectBuffer buffer, final long start, final int prefixLength) {
        if (end - start < prefixLength) {
            malformed("bytes left for a length", end - start, prefixLength, MAX_FRAME_LENGTH);
            return -1;
        }
        final long length = prefixLength == TEXT_PREFIX_LENGTH
                ? uint16(buffer, (int) start)
                : buffer.getInt((int) start, BYTE_ORDER) & 0xFFFF_FFFFL;
        final long most = end - start - prefixLength;
        if (length > most) {
            malformed("length of variable data", length, 0, most);
            return -1;
        }
        dataLength = (int) length;
        return start + prefixLength + length;
    }

    /** What the last call found. */
    public FrameVerdict verdict() {
        return verdict;
    }

    /** The message; meaningful after VALID and INVALID_FIELD. */
    public MessageKind kind() {
        return kind;
    }

    /** As in the header, known or not. */
    public int templateId() {
        return templateId;
    }

    /** Bytes from the frame's start to the next frame's; 0 while the prefix isn't there or can't be believed. */
    public int frameLength() {
        return frameLength;
    }

    /** Where the block starts, in the buffer verified. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Bytes of the block as sent. */
    public int blockLength() {
        return blockLength;
    }

    /** Schema version of the sender. */
    public int version() {
        return version;
    }

    /** For an Error's reply: the frame's correlation id, or 0 when it can't be told. */
    public long correlationId() {
        return correlationId;
    }

    /** Entries of the message's group; meaningful after VALID for a kind that has one. */
    public int groupCount() {
        return groupCount;
    }

    /** Where variable data {@code index} (in schema order, a group's apart) starts, past its length. */
    public int dataOffset(final int index) {
        return dataOffsets[index];
    }

    /** Bytes of variable data {@code index}. */
    public int dataLength(final int index) {
        return dataLengths[index];
    }

    /** What is wrong, as {@code name=value not in low..high}; for an Error's text or a log. Allocates. */
    public String reason() {
        return switch (verdict) {
            case VALID -> "valid";
            case INCOMPLETE -> "incomplete";
            case FRAME_TOO_LONG, UNKNOWN_MESSAGE -> fault.toString();
            case MALFORMED, INVALID_FIELD ->
                frameLength == 0 ? fault.toString() : fault + " (templateId=" + templateId + ")";
        };
    }

    int groupOffset() {
        return groupOffset;
    }

    int groupBlockLength() {
        return groupBlockLength;
    }

    FrameVerdict invalid(final String subject, final double value, final double low, final double high) {
        return fault(FrameVerdict.INVALID_FIELD, subject, value, low, high);
    }

    private boolean isNewer() {
        return version > MessageHeaderDecoder.SCHEMA_VERSION;
    }

    private FrameVerdict incomplete() {
        verdict = FrameVerdict.INCOMPLETE;
        return verdict;
    }

    private FrameVerdict malformed(final String subject, final long value, final long low, final long high) {
        return lengthFault(FrameVerdict.MALFORMED, subject, value, low, high);
    }

    /** Lengths and ids have at most 32 bits, which a double holds exactly. */
    private FrameVerdict lengthFault(
            final FrameVerdict found, final String subject, final long value, final long low, final long high) {
        return fault(found, subject, (double) value, (double) low, (double) high);
    }

    private FrameVerdict fault(
            final FrameVerdict found, final String subject, final double value, final double low, final double high) {
        verdict = found;
        fault.set(subject, value, low, high);
        return found;
    }

    private static int uint16(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BYTE_ORDER) & 0xFFFF;
    }
}
