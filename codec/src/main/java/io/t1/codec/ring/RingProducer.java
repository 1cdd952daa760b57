package io.t1.codec.ring;

import static io.t1.codec.ring.RingDescriptor.ALIGNMENT;
import static io.t1.codec.ring.RingDescriptor.PADDING;
import static io.t1.codec.ring.RingDescriptor.RECORD_HEADER_BYTES;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames into one ring: long ones in place, short ones in one burst, so that the line on which the other side spins
 * changes once.
 *
 * <p>What it must know of the other side is how far that has read. It looks there only when the room that it knows of
 * has run out, and a position that can't be (the other side is broken or means harm) counts as no room: positions of its
 * own never come from the shared memory, so it can't be made to write outside.
 *
 * <p>Threading: one thread. Allocation: in the constructor only. Bytes: {@link RingDescriptor}.
 */
public final class RingProducer {
    /** Frames up to this long are copied: some queries, or a batch of few. */
    private static final int STAGED_BYTES = 512;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer ring;
    private final UnsafeBuffer consumedWord;
    /** A short frame is made here, then copied: whoever spins on a line that is being written takes it away meanwhile. */
    private final UnsafeBuffer staged =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(STAGED_BYTES, BitUtil.CACHE_LINE_LENGTH));

    private final int capacity;
    private final int maxFrameBytes;
    private long produced;
    private long consumed; // as last read
    private int reservedIndex = -1;
    private int reservedBytes;

    /**
     * @param ring the ring's bytes alone.
     * @param consumedWord where the other side writes how far it has read.
     */
    RingProducer(final UnsafeBuffer ring, final UnsafeBuffer consumedWord) {
        this.ring = ring;
        this.consumedWord = consumedWord;
        capacity = ring.capacity();
        maxFrameBytes = RingDescriptor.maxFrameBytes(capacity);
    }

    /** The longest frame that it takes. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** Whether a frame of so many bytes could be reserved now. */
    public boolean hasRoom(final int frameBytes) {
        return hasFree(needed(RingDescriptor.recordBytes(frameBytes)));
    }

    /**
     * Room for a frame: write it from 0 on, then {@link #commit} its length.
     *
     * @return null while the other side hasn't read enough, or when the frame is longer than {@link #maxFrameBytes}.
     */
    public @Nullable UnsafeBuffer reserve(final int frameBytes) {
        if (frameBytes < 1 || frameBytes > maxFrameBytes) {
            return null;
        }
        final int recordBytes = RingDescriptor.recordBytes(frameBytes);
        final int needed = needed(recordBytes);
        if (!hasFree(needed)) {
            return null;
        }
        final UnsafeBuffer ring = this.ring;
        int index = index();
        if (needed > recordBytes + ALIGNMENT) { // it doesn't fit before the end
            ring.putInt(0, 0);
            ring.putIntRelease(index, PADDING);
            produced += capacity - index;
            index = 0;
        }
        reservedIndex = index;
        reservedBytes = frameBytes;
        if (frameBytes <= STAGED_BYTES) {
            frame.wrap(staged, 0, frameBytes);
        } else {
            frame.wrap(ring, index + RECORD_HEADER_BYTES, frameBytes);
        }
        return frame;
    }

    /**
     * Publishes the frame that was written.
     *
     * @param frameBytes 1 to what was reserved.
     */
    public void commit(final int frameBytes) {
        final int index = reservedIndex;
        if (index < 0 || frameBytes < 1 || frameBytes > reservedBytes) {
            throw new IllegalStateException("commit of " + frameBytes + " bytes, reserved=" + reservedBytes);
        }
        final int recordBytes = RingDescriptor.recordBytes(frameBytes);
        final UnsafeBuffer ring = this.ring;
        ring.putInt((index + recordBytes) & (capacity - 1), 0); // before the length: the reader stops there
        if (reservedBytes <= STAGED_BYTES) {
            copyBackwards(index + RECORD_HEADER_BYTES, frameBytes);
        }
        ring.putIntRelease(index, frameBytes);
        produced += recordBytes;
        reservedIndex = -1;
    }

    /** So that the line that the other side spins on is written last, all of it at once. */
    private void copyBackwards(final int to, final int frameBytes) {
        final UnsafeBuffer ring = this.ring;
        final UnsafeBuffer staged = this.staged;
        for (int i = (frameBytes - 1) & -Long.BYTES; i >= 0; i -= Long.BYTES) {
            ring.putLong(to + i, staged.getLong(i));
        }
    }

    /** Bytes that a record takes from here: itself, the word after it, and the ring's rest if it doesn't fit there. */
    private int needed(final int recordBytes) {
        final int untilEnd = capacity - index();
        return recordBytes + ALIGNMENT + (recordBytes > untilEnd ? untilEnd : 0);
    }

    private boolean hasFree(final int bytes) {
        if (bytes <= capacity - (produced - consumed)) {
            return true;
        }
        final long read = consumedWord.getLongAcquire(0);
        if (read < consumed || read > produced) {
            return false;
        }
        consumed = read;
        return bytes <= capacity - (produced - read);
    }

    private int index() {
        return (int) produced & (capacity - 1);
    }
}
