package io.t1.bench.rows;

import io.t1.bench.load.LatencyRecord;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.router.generate.RandomTables;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** One request in flight through the client library: what the thread of a search node sees. */
public final class ClientProbe {
    private static final int QUERIES = 1_024;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long NS_PER_MS = 1_000_000;

    private final T1Client client;
    private final float[][] queries = RandomTables.features(7, RandomTable.standard(), QUERIES);
    private final Decision decision = new Decision();

    /** Waits until the client has the table. */
    public ClientProbe(final T1Client client) {
        this.client = client;
        if (!client.awaitReady(READY_NS)) {
            throw new IllegalStateException("the client isn't ready: " + client.lastError());
        }
    }

    /** Asks for so long. */
    public Histogram roundTrips(final long ms) {
        return record(ms).total();
    }

    /** Asks for so long. */
    public LatencyRecord record(final long ms) {
        final LatencyRecord latencies = new LatencyRecord(System.currentTimeMillis());
        long asked = 0;
        long degraded = 0;
        final long begun = System.nanoTime();
        long sent = begun;
        for (int i = 0; sent - begun < ms * NS_PER_MS; i++) {
            client.decide(queries[i & QUERIES - 1], decision);
            final long back = System.nanoTime();
            latencies.record(sent - begun, back - sent);
            asked++;
            degraded += decision.degraded() ? 1 : 0;
            sent = back;
        }
        if (degraded > asked / 1_000) { // one of many may meet its deadline on a busy machine
            throw new IllegalStateException("degraded=" + degraded + " of " + asked);
        }
        return latencies;
    }
}
