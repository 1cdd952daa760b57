package io.t1.codec.ring;

import io.t1.codec.frame.FrameDescriptor;
import org.agrona.BitUtil;

/**
 * A ring file's bytes, all little-endian. Words that change lie {@value #LINES} bytes apart, so that no two share a
 * cache line or the pair of lines that a processor fetches together.
 *
 * <pre>
 *     0  uint64 magic
 *     8  uint32 layoutVersion
 *    12  uint32 fileBytes
 *    16  uint32 requestBytes           a power of two
 *    20  uint32 responseBytes          a power of two
 *    24  uint64 ringId
 *   128  uint32 serverSleeps           1: wake it; set by the server, cleared by either
 *   256  uint32 clientSleeps           1: wake it; set by the client, cleared by either
 *   384  uint64 requestsConsumed       bytes since the start; written by the server
 *   512  uint64 responsesConsumed      bytes since the start; written by the client
 *   640  the request ring, then the response ring
 * </pre>
 *
 * A ring is a row of records, each on a boundary of {@value #ALIGNMENT} bytes and in one piece:
 *
 * <pre>
 *   0           4          8
 *  +-----------+----------+----------------+
 *  | int32     | reserved | the frame, its |
 *  | length    |          | prefix included|
 *  +-----------+----------+----------------+
 * </pre>
 *
 * <p>The length is what publishes a record: written last, 0 until then. Before it is, the length of the record that will
 * follow is set to 0; so a consumer needs no other word to know how far it may read, and never writes to the ring.
 * {@link #PADDING} in place of a length says that the rest of the ring is left out and the next record is at its start.
 */
public final class RingDescriptor {
    /** Of the layout written here. */
    public static final int LAYOUT_VERSION = FrameDescriptor.RING_LAYOUT_VERSION;

    static final long MAGIC = 0x31474E_4952_3154L; // "T1RING1"
    static final int LINES = 2 * BitUtil.CACHE_LINE_LENGTH;
    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = 8;
    static final int FILE_BYTES_OFFSET = 12;
    static final int REQUEST_BYTES_OFFSET = 16;
    static final int RESPONSE_BYTES_OFFSET = 20;
    static final int RING_ID_OFFSET = 24;
    static final int SERVER_SLEEPS_OFFSET = LINES;
    static final int CLIENT_SLEEPS_OFFSET = 2 * LINES;
    static final int REQUESTS_CONSUMED_OFFSET = 3 * LINES;
    static final int RESPONSES_CONSUMED_OFFSET = 4 * LINES;
    static final int REQUESTS_OFFSET = 5 * LINES;

    /** Of a record. */
    static final int ALIGNMENT = 128;

    static final int RECORD_HEADER_BYTES = 8;

    /** In place of a length: go on at the ring's start. */
    static final int PADDING = -1;

    /** The least that a ring may have. */
    public static final int MIN_RING_BYTES = 4 * 1024;

    /** The most. */
    public static final int MAX_RING_BYTES = 1 << 24;

    private RingDescriptor() {}

    /** Bytes of a file with rings of these sizes. */
    public static int fileBytes(final int requestBytes, final int responseBytes) {
        return REQUESTS_OFFSET + requestBytes + responseBytes;
    }

    static int responsesOffset(final int requestBytes) {
        return REQUESTS_OFFSET + requestBytes;
    }

    /** The longest frame that a ring takes: so long that it fits wherever the ring's end is, once there is room. */
    public static int maxFrameBytes(final int ringBytes) {
        return ringBytes / 2 - ALIGNMENT - RECORD_HEADER_BYTES;
    }

    static int recordBytes(final int frameBytes) {
        return BitUtil.align(RECORD_HEADER_BYTES + frameBytes, ALIGNMENT);
    }

    static boolean isRingBytes(final int bytes) {
        return bytes >= MIN_RING_BYTES && bytes <= MAX_RING_BYTES && BitUtil.isPowerOfTwo(bytes);
    }
}
