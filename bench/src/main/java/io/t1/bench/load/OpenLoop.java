package io.t1.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Requests on a schedule that no answer moves. A latency runs from when its request was due: a server that stalls is
 * charged with all that should have been asked meanwhile, which a loop that waits for its answers leaves out.
 *
 * <p>Each thread spins: it sends what is due, then takes in what has arrived. A request that is due while as many as may
 * be are in flight is sent late, and its latency still counts from when it was due.
 *
 * <p>Threading: {@link #run} starts the context's threads and waits for them.
 */
public final class OpenLoop {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final LoadContext context;
    private final Arrivals arrivals;
    private final double perSecond;

    /** @param perSecond requests of all clients together. */
    public OpenLoop(final LoadContext context, final Arrivals arrivals, final double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("rate=" + perSecond + " <= 0 requests a second");
        }
        this.context = context;
        this.arrivals = arrivals;
        this.perSecond = perSecond;
    }

    /** Warms up, then measures. */
    public LoadResult run() throws IOException, InterruptedException {
        if (context.warmupNs() > 0) {
            phase(context.warmupNs(), context.seed() + 1_000_003);
        }
        return phase(context.measureNs(), context.seed());
    }

    private LoadResult phase(final long lengthNs, final long seed) throws IOException, InterruptedException {
        final List<LoadThreads.Work> work = new ArrayList<>();
        final long startMillis = System.currentTimeMillis();
        for (int thread = 0; thread < context.threads(); thread++) {
            final int number = thread;
            work.add(() -> oneThread(number, startMillis, lengthNs, seed + number));
        }
        return LoadThreads.run(work);
    }

    private LoadResult oneThread(final int thread, final long startMillis, final long lengthNs, final long seed)
            throws IOException {
        final LatencyRecord latencies = new LatencyRecord(startMillis);
        final List<OpenLoopClient> clients = new ArrayList<>();
        try {
            final List<LoadContext.Client> opened = new ArrayList<>();
            for (int number = thread; number < context.clients(); number += context.threads()) {
                opened.add(context.open(Waiting.SPINNING, number));
            }
            final long startNs = System.nanoTime();
            for (final LoadContext.Client client : opened) {
                clients.add(new OpenLoopClient(client, latencies, startNs));
            }
            final ArrivalSchedule schedule = arrivals.schedule(perSecond * clients.size() / context.clients(), seed);
            return loop(clients.toArray(new OpenLoopClient[0]), schedule, startNs, lengthNs, latencies);
        } finally {
            CloseHelper.closeAll(clients);
        }
    }

    private LoadResult loop(
            final OpenLoopClient[] clients,
            final ArrivalSchedule schedule,
            final long startNs,
            final long lengthNs,
            final LatencyRecord latencies) {
        long due = schedule.nextNs();
        long sent = 0;
        long postponed = 0;
        boolean counted = false;
        int next = 0;
        while (due < lengthNs) {
            // as many as there are clients before looking at all of them again: a look is a system call each
            for (int i = 0; i < clients.length && due < lengthNs && System.nanoTime() - startNs >= due; i++) {
                if (clients[next].send(due)) {
                    sent++;
                    due = schedule.nextNs();
                    counted = false;
                } else if (!counted) {
                    postponed++;
                    counted = true;
                }
                next = next + 1 == clients.length ? 0 : next + 1;
            }
            for (final OpenLoopClient client : clients) {
                client.poll();
            }
        }
        final long unanswered = drain(clients);
        long errors = 0;
        long degraded = 0;
        for (final OpenLoopClient client : clients) {
            client.giveUp();
            errors += client.check().errors();
            degraded += client.check().degraded();
        }
        final long answered = sent - unanswered;
        return new LoadResult(
                answered, answered * context.batch(), lengthNs, errors, degraded, postponed, unanswered, latencies);
    }

    /** Waits for what is in flight; the number that never came. */
    private static long drain(final OpenLoopClient[] clients) {
        final long begun = System.nanoTime();
        while (true) {
            long inFlight = 0;
            for (final OpenLoopClient client : clients) {
                client.poll();
                inFlight += client.inFlight();
            }
            if (inFlight == 0 || System.nanoTime() - begun > PATIENCE_NS) {
                return inFlight;
            }
        }
    }
}
