package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.MAX_QUERIES;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.wire.DecideResponseEncoder;
import io.t1.codec.wire.MessageHeaderEncoder;
import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes DecideResponses in place from columns of decisions: {@link #wrap} starts one frame of them all, {@link
 * #wrapEach} a frame of each; then each column once, in any order.
 *
 * <p>Both prove that the frames lie in the buffer, and each column that the array holds it; the stores between go to
 * addresses, unchecked: through a buffer each would check again, and keep the compiler from moving anything past it,
 * since it can't tell whether the buffer lies on the heap.
 *
 * <p>Threading: one thread. Allocation: none.
 */
public final class DecideResponseColumns {
    private static final int ENTRY_LENGTH = DecideResponseEncoder.DecisionsEncoder.sbeBlockLength();
    private static final int GROUP_OFFSET = BODY_OFFSET + DecideResponseEncoder.BLOCK_LENGTH;
    private static final int ENTRIES_OFFSET = GROUP_OFFSET + GROUP_HEADER_LENGTH;
    private static final int FRAME_OF_ONE_LENGTH = ENTRIES_OFFSET + ENTRY_LENGTH;
    private static final boolean NATIVE = ByteOrder.nativeOrder() == BYTE_ORDER;

    /** What follows the length: block length and template; schema and version. */
    private static final int MESSAGE = DecideResponseEncoder.BLOCK_LENGTH | DecideResponseEncoder.TEMPLATE_ID << 16;

    private static final int SCHEMA = MessageHeaderEncoder.SCHEMA_ID | MessageHeaderEncoder.SCHEMA_VERSION << 16;

    private long entries;
    private int step; // bytes from one entry to the next
    private int count;

    /** Starts without a frame. */
    public DecideResponseColumns() {}

    /**
     * Starts a frame at the buffer's start.
     *
     * @param buffer outside the heap.
     * @param tableVersion of the table that decided all of these.
     * @param count decisions, 1 to 1,024.
     * @throws IndexOutOfBoundsException if the frame is longer than the buffer.
     */
    public DecideResponseColumns wrap(
            final UnsafeBuffer buffer, final long correlationId, final long tableVersion, final int count) {
        final int length = DecideResponseFrame.frameLength(count);
        final long at = start(buffer, length, count);
        header(at, length, correlationId, tableVersion, count);
        step = ENTRY_LENGTH;
        return this;
    }

    /**
     * Starts as many frames, one after the other from the buffer's start, of one decision each.
     *
     * @param buffer outside the heap.
     * @param correlationIds one a frame.
     * @param tableVersion of the table that decided all of these.
     * @param count frames, 1 to 1,024.
     * @throws IndexOutOfBoundsException if they are longer than the buffer or there are fewer ids.
     */
    public DecideResponseColumns wrapEach(
            final UnsafeBuffer buffer, final long[] correlationIds, final long tableVersion, final int count) {
        Objects.checkFromIndexSize(0, count, correlationIds.length);
        long at = start(buffer, count * FRAME_OF_ONE_LENGTH, count);
        for (int frame = 0; frame < count; frame++, at += FRAME_OF_ONE_LENGTH) {
            header(at, FRAME_OF_ONE_LENGTH, correlationIds[frame], tableVersion, 1);
        }
        step = FRAME_OF_ONE_LENGTH;
        return this;
    }

    private long start(final UnsafeBuffer buffer, final int length, final int count) {
        if (count < 1 || count > MAX_QUERIES) {
            throw new IllegalArgumentException("decisions=" + count + " not in 1.." + MAX_QUERIES);
        }
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("the buffer lies on the heap");
        }
        Objects.checkFromIndexSize(0, length, buffer.capacity()); // ours: no flag switches it off
        final long at = buffer.addressOffset();
        entries = at + ENTRIES_OFFSET;
        this.count = count;
        return at;
    }

    private static void header(
            final long at, final int length, final long correlationId, final long tableVersion, final int count) {
        putInt(at, length - PREFIX_LENGTH);
        putInt(at + PREFIX_LENGTH, MESSAGE);
        putInt(at + PREFIX_LENGTH + Integer.BYTES, SCHEMA);
        putLong(at + BODY_OFFSET + DecideResponseEncoder.correlationIdEncodingOffset(), correlationId);
        putLong(at + BODY_OFFSET + DecideResponseEncoder.tableVersionEncodingOffset(), tableVersion);
        putInt(at + GROUP_OFFSET, ENTRY_LENGTH | count << 16);
    }

    /** The identities of the decisions. */
    public DecideResponseColumns decisionIds(final long[] decisionIds) {
        return longs(DecideResponseEncoder.DecisionsEncoder.decisionIdEncodingOffset(), decisionIds);
    }

    /** What the table says. */
    public DecideResponseColumns policies(final float[] tau, final float[] spendCapMs, final float[] minConfGain) {
        return floats(DecideResponseEncoder.DecisionsEncoder.tauEncodingOffset(), tau)
                .floats(DecideResponseEncoder.DecisionsEncoder.spendCapMsEncodingOffset(), spendCapMs)
                .floats(DecideResponseEncoder.DecisionsEncoder.minConfGainEncodingOffset(), minConfGain);
    }

    /** What the decisions rest on. */
    public DecideResponseColumns evidence(final float[] score, final float[] expectedGain, final float[] propensity) {
        return floats(DecideResponseEncoder.DecisionsEncoder.scoreEncodingOffset(), score)
                .floats(DecideResponseEncoder.DecisionsEncoder.expectedGainEncodingOffset(), expectedGain)
                .floats(DecideResponseEncoder.DecisionsEncoder.propensityEncodingOffset(), propensity);
    }

    /**
     * What is to be done.
     *
     * @param figures flags, ef, topk and rerankDepth, 16 bits each from the lowest: neighbours in the schema.
     * @param arms their codes.
     */
    public DecideResponseColumns done(final long[] figures, final byte[] arms) {
        longs(DecideResponseEncoder.DecisionsEncoder.flagsEncodingOffset(), figures);
        Objects.checkFromIndexSize(0, count, arms.length);
        final int step = this.step;
        long at = entries + DecideResponseEncoder.DecisionsEncoder.armEncodingOffset();
        for (int q = 0, n = count; q < n; q++, at += step) {
            UnsafeApi.putByte(at, arms[q]);
        }
        return this;
    }

    private DecideResponseColumns longs(final int offset, final long[] column) {
        Objects.checkFromIndexSize(0, count, column.length);
        final int step = this.step;
        long at = entries + offset;
        for (int q = 0, n = count; q < n; q++, at += step) {
            putLong(at, column[q]);
        }
        return this;
    }

    private DecideResponseColumns floats(final int offset, final float[] column) {
        Objects.checkFromIndexSize(0, count, column.length);
        final int step = this.step;
        long at = entries + offset;
        for (int q = 0, n = count; q < n; q++, at += step) {
            putInt(at, Float.floatToRawIntBits(column[q]));
        }
        return this;
    }

    private static void putInt(final long address, final int value) {
        UnsafeApi.putInt(address, NATIVE ? value : Integer.reverseBytes(value));
    }

    private static void putLong(final long address, final long value) {
        UnsafeApi.putLong(address, NATIVE ? value : Long.reverseBytes(value));
    }
}
