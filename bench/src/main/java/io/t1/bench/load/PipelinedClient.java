package io.t1.bench.load;

import org.agrona.DirectBuffer;

/**
 * One connection that keeps its number of requests in flight.
 *
 * <p>Threading: one thread. Allocation: none.
 */
final class PipelinedClient implements FrameHandler, AutoCloseable {
    private final FramePipe pipe;
    private final PreparedRequests requests;
    private final ResponseCheck check = new ResponseCheck();
    private final int depth;
    private long sent;
    private long answered;
    private int pendingAt;
    private int pendingEnd;

    PipelinedClient(final LoadContext.Client client) {
        pipe = client.pipe();
        requests = client.requests();
        depth = client.inFlight();
    }

    /** Takes in what has arrived and sends as many again. */
    void step() {
        if (answered < sent) {
            pipe.poll(this);
        }
        while (flush() && sent - answered < depth) {
            final int first = (int) (sent & requests.count() - 1);
            final int count = Math.min(depth - (int) (sent - answered), requests.count() - first);
            for (int i = 0; i < count; i++) {
                requests.correlationId(first + i, sent + i);
            }
            sent += count;
            pendingAt = first * requests.frameLength();
            pendingEnd = pendingAt + count * requests.frameLength();
        }
    }

    private boolean flush() {
        if (pendingAt < pendingEnd) {
            pendingAt += pipe.offer(requests.buffer(), pendingAt, pendingEnd - pendingAt);
        }
        return pendingAt == pendingEnd;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        check.look(buffer, offset);
        answered++;
    }

    long answered() {
        return answered;
    }

    ResponseCheck check() {
        return check;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
