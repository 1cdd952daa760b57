package io.t1.bench.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One connection that keeps its requests in flight, measured in pieces: for servers that are asked in turns.
 *
 * <p>Threading: one thread, which spins. Allocation: none while it measures.
 */
public final class PipelinedLoad implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final PipelinedClient client;

    /** Connects; the context's {@code inFlight} is the pipeline's depth. */
    public PipelinedLoad(final LoadContext context) throws IOException {
        client = new PipelinedClient(context.open(Waiting.SPINNING, 0));
    }

    /** Asks for so long, uncounted: an answer may take longer than that while the server's thread wakes. */
    public void run(final long lengthNs) {
        final long begun = System.nanoTime();
        do {
            client.step();
        } while (System.nanoTime() - begun < lengthNs);
    }

    /**
     * Asks for so long, or until the first answer where a stall of the machine takes longer.
     *
     * @return nanoseconds a request that was answered meanwhile.
     * @throws IllegalStateException if none was within 10 s, or if one was degraded or refused.
     */
    public double nsPerRequest(final long lengthNs) {
        final long before = client.answered();
        final long begun = System.nanoTime();
        long elapsed;
        do {
            client.step();
            elapsed = System.nanoTime() - begun;
        } while (elapsed < lengthNs || (client.answered() == before && elapsed < PATIENCE_NS));
        final long answered = client.answered() - before;
        final ResponseCheck check = client.check();
        if (answered == 0 || check.errors() > 0 || check.degraded() > 0) {
            throw new IllegalStateException("answered=" + answered + ", errors=" + check.errors() + ", degraded="
                    + check.degraded() + " in ns=" + lengthNs);
        }
        return elapsed / (double) answered;
    }

    @Override
    public void close() {
        client.close();
    }
}
