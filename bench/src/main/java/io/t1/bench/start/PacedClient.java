package io.t1.bench.start;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Asks at a constant rate, one in flight, without coordinated omission: a request that is due while another is under way
 * counts from when it was due. One that this thread itself woke too late for counts from when it was sent, since that
 * delay is the generator's.
 *
 * <p>Threading: one thread.
 */
final class PacedClient {
    private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(10);

    private final T1Client client;
    private final float[] features;
    private final long everyNs;
    private final Decision decision = new Decision();
    private long degraded;

    /**
     * @param features of each query.
     * @param rate requests a second.
     */
    PacedClient(final T1Client client, final float[] features, final int rate) {
        this.client = client;
        this.features = features.clone();
        everyNs = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Asks for so long, from now on. @return latencies in nanoseconds. */
    Histogram run(final long durationNs) {
        final Histogram latencies = new Histogram(1, HIGHEST_NS, 3);
        final long begun = System.nanoTime();
        long busyUntil = begun;
        for (long due = begun; due - begun < durationNs; due += everyNs) {
            long now = System.nanoTime();
            while (now < due) {
                LockSupport.parkNanos(due - now);
                now = System.nanoTime();
            }
            final long from = due < busyUntil ? due : now;
            ask();
            busyUntil = System.nanoTime();
            latencies.recordValue(Math.clamp(busyUntil - from, 1, HIGHEST_NS));
        }
        return latencies;
    }

    /** Asks one after the other for so long. */
    void press(final long durationNs) {
        final long begun = System.nanoTime();
        while (System.nanoTime() - begun < durationNs) {
            ask();
        }
    }

    /** Answers that the client itself gave, for want of the server's in time. */
    long degraded() {
        return degraded;
    }

    private void ask() {
        client.decide(features, decision);
        if (decision.degraded()) {
            degraded++;
        }
    }
}
