package io.t1.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a load saw.
 *
 * @param requests answered while it was measured.
 * @param queries in them.
 * @param elapsedNs that they took together.
 * @param errors answers that were no decisions.
 * @param degraded answers whose first decision was the baseline's.
 * @param postponed requests that were due while as many as may be were in flight; their wait counts as latency.
 * @param unanswered requests without an answer when the load gave up, counted with the time until then.
 * @param latencies of requests, in nanoseconds; empty where none were timed.
 */
public record LoadResult(
        long requests,
        long queries,
        long elapsedNs,
        long errors,
        long degraded,
        long postponed,
        long unanswered,
        LatencyRecord latencies) {
    private static final double NS_PER_SECOND = 1e9;

    /** Requests answered a second. */
    public double requestsPerSecond() {
        return requests * NS_PER_SECOND / elapsedNs;
    }

    /** Queries decided a second. */
    public double queriesPerSecond() {
        return queries * NS_PER_SECOND / elapsedNs;
    }

    /** All latencies. */
    public Histogram histogram() {
        return latencies.total();
    }

    /** This and another thread's together. */
    LoadResult plus(final LoadResult other) {
        latencies.add(other.latencies);
        return new LoadResult(
                requests + other.requests,
                queries + other.queries,
                Math.max(elapsedNs, other.elapsedNs),
                errors + other.errors,
                degraded + other.degraded,
                postponed + other.postponed,
                unanswered + other.unanswered,
                latencies);
    }

    /**
     * This.
     *
     * @throws IllegalStateException if an answer was no decision, or none came: figures of errors mean nothing.
     */
    public LoadResult requireClean() {
        if (errors > 0 || unanswered > 0 || degraded > 0) {
            throw new IllegalStateException(
                    "errors=" + errors + ", unanswered=" + unanswered + ", degraded=" + degraded + " of " + requests);
        }
        return this;
    }
}
