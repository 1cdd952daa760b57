package io.t1.bench.load;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * One connection of an open loop: sends what it is given, remembers when that was due, and times each answer from then
 * on, not from when the request could leave.
 *
 * <p>Threading: one thread. Allocation: none but the record's histograms.
 */
final class OpenLoopClient implements FrameHandler, AutoCloseable {
    private static final long FREE = Long.MIN_VALUE;

    private final FramePipe pipe;
    private final PreparedRequests requests;
    private final long[] dueNs;
    private final int mostInFlight;
    private final ResponseCheck check = new ResponseCheck();
    private final LatencyRecord latencies;
    private final long startNs;
    private long nextId;
    private int inFlight;
    private int pendingAt;
    private int pendingEnd;

    OpenLoopClient(final LoadContext.Client client, final LatencyRecord latencies, final long startNs) {
        pipe = client.pipe();
        requests = client.requests();
        mostInFlight = client.inFlight();
        this.latencies = latencies;
        this.startNs = startNs;
        dueNs = new long[requests.count()];
        Arrays.fill(dueNs, FREE);
    }

    /**
     * Sends one request.
     *
     * @param due nanoseconds from the start.
     * @return false when as many as may be are in flight, or earlier bytes still wait to leave.
     */
    boolean send(final long due) {
        final int slot = (int) (nextId & dueNs.length - 1);
        if (inFlight >= mostInFlight || dueNs[slot] != FREE || !flush()) {
            return false;
        }
        requests.correlationId(slot, nextId++);
        dueNs[slot] = due;
        inFlight++;
        pendingAt = slot * requests.frameLength();
        pendingEnd = pendingAt + requests.frameLength();
        flush();
        return true;
    }

    /** Takes answers in. */
    void poll() {
        flush();
        if (inFlight > 0) {
            pipe.poll(this);
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
        final long now = System.nanoTime() - startNs;
        check.look(buffer, offset);
        final int slot = (int) (ResponseCheck.correlationId(buffer, offset) & dueNs.length - 1);
        final long due = dueNs[slot];
        if (due == FREE) {
            throw new IllegalStateException("an answer to nothing that was asked, slot=" + slot);
        }
        latencies.record(due, now - due);
        dueNs[slot] = FREE;
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    /** Counts what was still unanswered as having taken until now. */
    void giveUp() {
        final long now = System.nanoTime() - startNs;
        for (final long due : dueNs) {
            if (due != FREE) {
                latencies.record(due, now - due);
            }
        }
    }

    ResponseCheck check() {
        return check;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
