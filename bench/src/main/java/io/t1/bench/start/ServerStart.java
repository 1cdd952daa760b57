package io.t1.bench.start;

/**
 * One start of a server.
 *
 * @param firstDecisionNs from the launcher's start to the first decision by the stored table in a warm client's hands.
 * @param firstSecondP50Ns of requests at a constant rate in the second after that.
 * @param firstSecondP99Ns of the same.
 * @param steadyP50Ns of requests at the same rate once the server is warm.
 * @param steadyP99Ns of the same.
 * @param degraded answers in both that weren't the server's.
 */
public record ServerStart(
        long firstDecisionNs,
        long firstSecondP50Ns,
        long firstSecondP99Ns,
        long steadyP50Ns,
        long steadyP99Ns,
        long degraded) {
    /** How much worse the first second is than a warm one. */
    public double p99Ratio() {
        return (double) firstSecondP99Ns / steadyP99Ns;
    }
}
