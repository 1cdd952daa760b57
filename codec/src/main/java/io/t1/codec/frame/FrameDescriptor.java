package io.t1.codec.frame;

import io.t1.codec.wire.MessageHeaderDecoder;
import java.nio.ByteOrder;

/**
 * A frame's bytes, all little-endian.
 *
 * <pre>
 *   0             4             6            8          10        12            12 + blockLength
 *  +-------------+-------------+------------+----------+---------+-------------+-------------------+
 *  | uint32      | uint16      | uint16     | uint16   | uint16  | the block   | group, then       |
 *  | frameLength | blockLength | templateId | schemaId | version |             | variable data     |
 *  +-------------+-------------+------------+----------+---------+-------------+-------------------+
 *                |------------------------------ frameLength bytes ------------------------------ |
 * </pre>
 *
 * <p>Every message but Outcome starts its block with a uint64 correlation id, and every message added later does, so
 * that a peer which doesn't know a message can still name it in its Error.
 */
public final class FrameDescriptor {
    /** Spoken in Hello and HelloAck. Fields and messages are added without a new one. */
    public static final int PROTOCOL_VERSION = 1;

    /** Most bytes after the length prefix. */
    public static final int MAX_FRAME_LENGTH = 1 << 20;

    /** Bytes of the length prefix. */
    public static final int PREFIX_LENGTH = 4;

    /** Bytes of the message header. */
    public static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Where the block starts, from the prefix. */
    public static final int BODY_OFFSET = PREFIX_LENGTH + HEADER_LENGTH;

    /** Bytes of a group's size: the length of an entry's block, and how many. */
    public static final int GROUP_HEADER_LENGTH = 4;

    /** The entry length of a message that has no group. */
    static final int NO_GROUP = -1;

    /** Bytes of a text's length. */
    public static final int TEXT_PREFIX_LENGTH = 2;

    /** Bytes of a byte string's length. */
    public static final int BYTES_PREFIX_LENGTH = 4;

    /** Bytes of the correlation id that starts a block. */
    public static final int CORRELATION_ID_LENGTH = 8;

    /** Most queries in a request. */
    public static final int MAX_QUERIES = 1024;

    /** Most features of a table. */
    public static final int MAX_FEATURES = 16;

    /** Most bytes of an artifact that fits a Publish frame. */
    public static final int MAX_ARTIFACT_LENGTH = MAX_FRAME_LENGTH - HEADER_LENGTH - 9 - BYTES_PREFIX_LENGTH;

    /** Layout of the ring files of this build, as OpenRing and RingOpened name it. */
    public static final int RING_LAYOUT_VERSION = 1;

    /** Most bytes of the path of a ring's file. */
    public static final int MAX_PATH_LENGTH = 4096;

    /** Of every field. */
    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    private FrameDescriptor() {}
}
