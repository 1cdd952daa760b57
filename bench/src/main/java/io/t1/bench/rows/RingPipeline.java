package io.t1.bench.rows;

import io.t1.codec.client.AsyncT1Client;
import io.t1.codec.client.DecisionHandler;
import io.t1.codec.client.Decisions;
import io.t1.router.generate.RandomTables;

/** Keeps a client's window full. Threading: one thread. Allocation: none while it asks. */
final class RingPipeline implements DecisionHandler {
    private static final int QUERIES = 1_024;
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;

    private final AsyncT1Client client;
    private final float[][] queries = RandomTables.features(7, RandomTable.standard(), QUERIES);
    private int next;
    private long degraded;

    RingPipeline(final AsyncT1Client client) {
        this.client = client;
    }

    /** Requests answered a second, for so long. */
    double perSecond(final long ms) {
        degraded = 0;
        final long begun = System.nanoTime();
        long answered = 0;
        long now = begun;
        for (; now - begun < ms * NS_PER_MS; now = System.nanoTime()) {
            while (client.offerDecide(queries[next & QUERIES - 1], Float.NaN) != AsyncT1Client.BACK_PRESSURED) {
                next++;
            }
            answered += client.poll(this);
        }
        if (degraded > answered / 1_000) { // one of many may meet its deadline on a busy machine
            throw new IllegalStateException("degraded=" + degraded + " of " + answered + ": " + client.lastError());
        }
        return answered * NS_PER_SECOND / (now - begun);
    }

    @Override
    public void onDecisions(final long correlationId, final Decisions decisions) {
        degraded += decisions.get(0).degraded() ? 1 : 0;
    }
}
