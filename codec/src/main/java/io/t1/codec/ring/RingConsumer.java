package io.t1.codec.ring;

import static io.t1.codec.ring.RingDescriptor.PADDING;
import static io.t1.codec.ring.RingDescriptor.RECORD_HEADER_BYTES;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads frames out of one ring into memory of its own.
 *
 * <p>The other side may write anything into the ring at any time. So a length is read once, judged as a local, and the
 * frame copied before anybody looks into it: what is verified is what is used. Positions of its own never come from the
 * shared memory, and each call looks at two records at most.
 *
 * <p>Threading: one thread. Allocation: in the constructor only. Bytes: {@link RingDescriptor}.
 */
public final class RingConsumer {
    /** What {@link #read} says when there is no frame. */
    public static final int NONE = 0;

    /** What {@link #read} says when the ring holds what no producer writes; it reads no further. */
    public static final int BROKEN = -1;

    private static final int COPIED_BY_WORDS = 512;

    private final UnsafeBuffer ring;
    private final UnsafeBuffer consumedWord;
    private final UnsafeBuffer frame;
    private final int capacity;
    private final int maxFrameBytes;
    private long consumed;

    /**
     * @param ring the ring's bytes alone.
     * @param consumedWord where the other side reads how far this one has read.
     */
    RingConsumer(final UnsafeBuffer ring, final UnsafeBuffer consumedWord) {
        this.ring = ring;
        this.consumedWord = consumedWord;
        capacity = ring.capacity();
        maxFrameBytes = RingDescriptor.maxFrameBytes(capacity);
        frame = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                BitUtil.align(maxFrameBytes, BitUtil.CACHE_LINE_LENGTH), BitUtil.CACHE_LINE_LENGTH));
    }

    /** Whether {@link #read} would have something. */
    public boolean hasFrame() {
        return ring.getIntAcquire((int) consumed & (capacity - 1)) != 0;
    }

    /** Looks {@code times} times, stopping once there is something; whether there is. */
    public boolean spin(final int times) {
        final UnsafeBuffer ring = this.ring;
        final int index = (int) consumed & (capacity - 1);
        for (int i = 0; i < times; i++) {
            if (ring.getIntAcquire(index) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes the next frame into {@link #frame()}.
     *
     * @return its bytes, 1 or more; {@link #NONE} or {@link #BROKEN}.
     */
    public int read() {
        final int index = (int) consumed & (capacity - 1);
        final int length = ring.getIntAcquire(index);
        if (length > 0) {
            return take(index, length);
        }
        return length == 0 ? NONE : readPastPadding(index, length);
    }

    private int readPastPadding(final int index, final int length) {
        if (length != PADDING || index == 0) {
            return BROKEN;
        }
        consumed += capacity - index;
        consumedWord.putLongRelease(0, consumed);
        final int first = ring.getIntAcquire(0);
        return first > 0 ? take(0, first) : first == 0 ? NONE : BROKEN;
    }

    private int take(final int index, final int length) {
        if (length > maxFrameBytes || length > capacity - index - RECORD_HEADER_BYTES) {
            return BROKEN;
        }
        copy(index + RECORD_HEADER_BYTES, length);
        consumed += RingDescriptor.recordBytes(length);
        consumedWord.putLongRelease(0, consumed); // after the copy: from here on the record may be overwritten
        return length;
    }

    /** Copies words while frames are short, which saves the call of a stub; a record's last word is its own. */
    private void copy(final int from, final int length) {
        final UnsafeBuffer ring = this.ring;
        final UnsafeBuffer frame = this.frame;
        if (length <= COPIED_BY_WORDS) {
            for (int i = 0; i < length; i += Long.BYTES) {
                frame.putLong(i, ring.getLong(from + i));
            }
        } else {
            frame.putBytes(0, ring, from, length);
        }
    }

    /** The frame read last, from 0 on; it stays until the next is read. */
    public UnsafeBuffer frame() {
        return frame;
    }
}
