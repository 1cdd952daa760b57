package io.t1.bench.load;

import org.agrona.DirectBuffer;

/**
 * Moves frames between a load generator and a server, as cheaply as the transport lets it: no retries, no deadlines, no
 * decoding. Threading: one thread. Allocation: none.
 */
public interface FramePipe extends AutoCloseable {
    /**
     * Sends frames that lie one after the other, as far as the transport takes them now.
     *
     * @return bytes taken; the caller offers the rest again before anything else.
     */
    int offer(DirectBuffer frames, int offset, int length);

    /**
     * Hands over the frames that have arrived; a pipe that blocks waits for one.
     *
     * @return the number of them.
     * @throws IllegalStateException if the server has gone.
     */
    int poll(FrameHandler handler);

    @Override
    void close();
}
