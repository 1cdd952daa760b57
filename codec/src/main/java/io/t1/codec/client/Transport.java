package io.t1.codec.client;

import io.t1.codec.frame.FrameVerifier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Moves frames over one connection, never blocking but in {@link #await}. Once closed, by either side, it stays so.
 *
 * <p>Threading: one thread. Allocation: none once buffers have grown to the frames in use.
 */
interface Transport extends AutoCloseable {
    /** A connection's life, in order. */
    enum State {
        /** Not there yet. */
        CONNECTING,
        /** Frames may go both ways. */
        OPEN,
        /** Over; {@link #closeReason()} says why. */
        CLOSED
    }

    /** Hears of frames, in order of arrival. */
    interface FrameHandler {
        /**
         * @param buffer holds the frame until this returns.
         * @param frame what the verifier says of it: VALID, UNKNOWN_MESSAGE or INVALID_FIELD.
         */
        void onFrame(DirectBuffer buffer, FrameVerifier frame);
    }

    /** The state, after moving a pending connection on. */
    State state();

    /** What carries decisions now. */
    default TransportChoice carrier() {
        return TransportChoice.SOCKET;
    }

    /** Why they aren't carried as was asked for; empty when they are. */
    default String fault() {
        return "";
    }

    /** What ended it, for a log or an exception. */
    String closeReason();

    /**
     * Room for one frame, its length prefix included, at index 0.
     *
     * @return null when earlier frames still wait to leave: the caller doesn't wait.
     */
    @Nullable
    MutableDirectBuffer claim(int length);

    /** The same for a frame that isn't of the decision path, which may travel another way. */
    default @Nullable MutableDirectBuffer claimControl(final int length) {
        return claim(length);
    }

    /** Queues the frame that was claimed last. */
    void commit(int length);

    /** Sends what is queued, as far as it goes. */
    void flush();

    /** Hands over the frames that have arrived; the number of them. */
    int poll(FrameHandler handler);

    /** Waits until {@link #poll} may have something, what is queued may leave, or {@code nanos} have passed. */
    void await(long nanos);

    @Override
    void close();
}
