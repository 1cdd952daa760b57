package io.t1.bench.start;

/**
 * One start of a server.
 *
 * @param firstDecisionNs from the launcher's start to the first decision by the stored table in a warm client's hands.
 * @param firstSecond right after that.
 * @param degraded answers that weren't the server's.
 */
public record ServerStart(long firstDecisionNs, PacedSecond firstSecond, long degraded) {}
