package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;

import io.t1.codec.wire.OpenRingEncoder;
import io.t1.codec.wire.RingMappedEncoder;
import io.t1.codec.wire.RingMapping;
import io.t1.codec.wire.RingOpenedEncoder;
import io.t1.codec.wire.RingWaiting;
import io.t1.codec.wire.WakeEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Writes whole frames of the messages about rings in shared memory, which travel over the socket. Each method returns
 * the frame's bytes, its prefix included.
 *
 * <p>Threading: one thread. Allocation: none but the path's bytes.
 */
public final class RingFrames {
    /** Bytes of a Wake. */
    public static final int WAKE_LENGTH = BODY_OFFSET + WakeEncoder.BLOCK_LENGTH;

    private final OpenRingEncoder openRing = new OpenRingEncoder();
    private final RingOpenedEncoder ringOpened = new RingOpenedEncoder();
    private final RingMappedEncoder ringMapped = new RingMappedEncoder();
    private final WakeEncoder wake = new WakeEncoder();

    /** Asks for a ring. */
    public int openRing(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final RingWaiting waiting) {
        final int length = BODY_OFFSET + OpenRingEncoder.BLOCK_LENGTH;
        FrameWriter.begin(buffer, offset, length, OpenRingEncoder.BLOCK_LENGTH, OpenRingEncoder.TEMPLATE_ID);
        openRing.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .layoutVersion(FrameDescriptor.RING_LAYOUT_VERSION)
                .waiting(waiting);
        return length;
    }

    /** Answers OpenRing. */
    public int ringOpened(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final RingGrant ring) {
        final byte[] path = ring.path().getBytes(StandardCharsets.UTF_8);
        final int length = BODY_OFFSET
                + RingOpenedEncoder.BLOCK_LENGTH
                + FrameWriter.textLength(path, "ring path", FrameDescriptor.MAX_PATH_LENGTH);
        FrameWriter.begin(buffer, offset, length, RingOpenedEncoder.BLOCK_LENGTH, RingOpenedEncoder.TEMPLATE_ID);
        ringOpened
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .ringId(ring.ringId())
                .fileBytes(ring.fileBytes())
                .requestBytes(ring.requestBytes())
                .responseBytes(ring.responseBytes())
                .layoutVersion(FrameDescriptor.RING_LAYOUT_VERSION)
                .waiting(ring.waiting())
                .putPath(path, 0, path.length);
        return length;
    }

    /** Tells what became of a ring that was opened. */
    public int ringMapped(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final RingMapping result) {
        final int length = BODY_OFFSET + RingMappedEncoder.BLOCK_LENGTH;
        FrameWriter.begin(buffer, offset, length, RingMappedEncoder.BLOCK_LENGTH, RingMappedEncoder.TEMPLATE_ID);
        ringMapped
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .result(result);
        return length;
    }

    /** Wakes the other side. */
    public int wake(final MutableDirectBuffer buffer, final int offset) {
        FrameWriter.begin(buffer, offset, WAKE_LENGTH, WakeEncoder.BLOCK_LENGTH, WakeEncoder.TEMPLATE_ID);
        wake.wrap(buffer, FrameWriter.body(offset)).correlationId(0);
        return WAKE_LENGTH;
    }
}
