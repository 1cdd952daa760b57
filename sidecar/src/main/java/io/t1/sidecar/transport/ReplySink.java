package io.t1.sidecar.transport;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a client's answers are written, in place: a socket's buffer or a ring in shared memory.
 *
 * <p>Threading: the thread that serves the client. Allocation: none in steady state.
 */
public interface ReplySink {
    /** Whether one reservation may hold several frames, one after the other. */
    boolean takesFramesTogether();

    /** Room for a frame: write it from 0 on, then {@link #commit} its length. */
    UnsafeBuffer reserve(int length);

    /**
     * Adds the frame that was written.
     *
     * @param length at most what was reserved.
     */
    void commit(int length);
}
