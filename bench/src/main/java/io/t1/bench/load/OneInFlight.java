package io.t1.bench.load;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * One connection, one request in flight: the next is sent when the last is answered, so this measures round trips, not
 * what a user who doesn't wait would see.
 *
 * <p>Threading: one thread. Allocation: none while it measures but a histogram a second.
 */
public final class OneInFlight implements FrameHandler, AutoCloseable {
    private final LoadContext context;
    private final LoadContext.Client client;
    private ResponseCheck check = new ResponseCheck();
    private long expectedId;
    private long nextId;

    /** Connects. */
    public OneInFlight(final LoadContext context, final Waiting waiting) throws IOException {
        this.context = context;
        client = context.open(waiting, 0);
    }

    /** Warms up, then measures. */
    public LoadResult run() {
        if (context.warmupNs() > 0) {
            final var _ = measure(context.warmupNs());
        }
        return measure(context.measureNs());
    }

    /** Measures for so long, on the same connection. */
    public LoadResult measure(final long lengthNs) {
        return exchange(lengthNs, new LatencyRecord(System.currentTimeMillis()));
    }

    private LoadResult exchange(final long lengthNs, final LatencyRecord latencies) {
        final PreparedRequests requests = client.requests();
        final FramePipe pipe = client.pipe();
        final int length = requests.frameLength();
        check = new ResponseCheck();
        final long startNs = System.nanoTime();
        long sentNs = startNs;
        long answered = 0;
        while (sentNs - startNs < lengthNs) {
            final int slot = (int) (nextId & requests.count() - 1);
            expectedId = nextId;
            requests.correlationId(slot, nextId++);
            final int at = slot * length;
            for (int sent = 0; sent < length; ) {
                sent += pipe.offer(requests.buffer(), at + sent, length - sent);
            }
            while (pipe.poll(this) == 0) {
                Thread.onSpinWait();
            }
            final long backNs = System.nanoTime();
            latencies.record(sentNs - startNs, backNs - sentNs);
            answered++;
            sentNs = backNs;
        }
        return new LoadResult(
                answered,
                answered * context.batch(),
                Math.max(1, sentNs - startNs),
                check.errors(),
                check.degraded(),
                0,
                0,
                latencies);
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        final long id = ResponseCheck.correlationId(buffer, offset);
        if (id != expectedId) {
            throw new IllegalStateException("answer to request " + id + ", asked " + expectedId);
        }
        check.look(buffer, offset);
    }

    @Override
    public void close() {
        client.pipe().close();
    }
}
