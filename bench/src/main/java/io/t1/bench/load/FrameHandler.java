package io.t1.bench.load;

import org.agrona.DirectBuffer;

/** Hears of whole frames, in order of arrival. */
public interface FrameHandler {
    /**
     * @param buffer holds the frame until this returns.
     * @param offset of its length prefix.
     * @param length of the whole frame, its prefix included.
     */
    void onFrame(DirectBuffer buffer, int offset, int length);
}
