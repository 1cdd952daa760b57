package io.t1.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * As many requests as the server answers: each connection keeps its number in flight, and as many as were answered go
 * out together. It measures throughput and times no request.
 *
 * <p>Threading: {@link #run} starts the context's threads and waits for them; each spins over its connections.
 */
public final class MaxThroughput {
    private final LoadContext context;

    /** @param context its {@code inFlight} is the pipeline's depth. */
    public MaxThroughput(final LoadContext context) {
        this.context = context;
    }

    /** Warms up, then measures on the same connections. */
    public LoadResult run() throws IOException, InterruptedException {
        final List<LoadThreads.Work> work = new ArrayList<>();
        for (int thread = 0; thread < context.threads(); thread++) {
            final int number = thread;
            work.add(() -> oneThread(number));
        }
        return LoadThreads.run(work);
    }

    private LoadResult oneThread(final int thread) throws IOException {
        final List<PipelinedClient> clients = new ArrayList<>();
        try {
            for (int number = thread; number < context.clients(); number += context.threads()) {
                clients.add(new PipelinedClient(context.open(Waiting.SPINNING, number)));
            }
            final PipelinedClient[] all = clients.toArray(new PipelinedClient[0]);
            spin(all, context.warmupNs());
            final long before = answered(all);
            final long begun = System.nanoTime();
            spin(all, context.measureNs());
            final long elapsed = System.nanoTime() - begun;
            final long requests = answered(all) - before;
            long errors = 0;
            long degraded = 0;
            for (final PipelinedClient client : all) {
                errors += client.check().errors();
                degraded += client.check().degraded();
            }
            return new LoadResult(
                    requests, requests * context.batch(), elapsed, errors, degraded, 0, 0, new LatencyRecord(0));
        } finally {
            CloseHelper.closeAll(clients);
        }
    }

    private static void spin(final PipelinedClient[] clients, final long lengthNs) {
        final long begun = System.nanoTime();
        while (System.nanoTime() - begun < lengthNs) {
            for (final PipelinedClient client : clients) {
                client.step();
            }
        }
    }

    private static long answered(final PipelinedClient[] clients) {
        long answered = 0;
        for (final PipelinedClient client : clients) {
            answered += client.answered();
        }
        return answered;
    }
}
