package io.t1.ops.demo;

import io.t1.ops.gate.PolicyEvaluation;
import io.t1.ops.statistics.BcaEstimate;
import java.util.Map;

/**
 * What the demo measured.
 *
 * @param corpus its name, documents and queries.
 * @param policies by name: skip, full, random, t1.
 * @param delta T1's nDCG@10 less the policy's, by its name: skip, full, random.
 * @param decisions what asking the sidecar took.
 * @param reloads tables that replaced another while traffic ran.
 * @param versions decisions by the version that made them.
 * @param budget what T1 was allowed to spend, and spent.
 * @param verdict of the learning: whether the table ships.
 * @param outcomesSent reports to the sidecar.
 */
public record DemoResult(
        Corpus corpus,
        Map<String, PolicyEvaluation> policies,
        Map<String, BcaEstimate> delta,
        Decisions decisions,
        long reloads,
        Map<Long, Integer> versions,
        BudgetKept budget,
        String verdict,
        long outcomesSent) {
    /** What was searched. */
    public record Corpus(String name, int documents, int trainQueries, int testQueries) {}

    /**
     * Asking the sidecar, as the node saw it.
     *
     * @param errors decisions that weren't made, and replies that were errors.
     * @param degraded decisions that were the baseline's because the sidecar didn't answer in time.
     */
    public record Decisions(long count, long errors, long degraded, double p50Us, double p99Us, double p999Us) {}

    /**
     * Mean extra latency over SKIP.
     *
     * @param limitMs the share of FULL's that was allowed, in ms, on the queries tested.
     * @param spentMs what T1 spent, asking included.
     * @param askingMs the part of it that went into asking.
     */
    public record BudgetKept(double share, double limitMs, double spentMs, double askingMs) {
        /** What noise between two halves may cost. */
        private static final double TOLERANCE = 1.05;

        /** Whether it ended within the budget, five per cent of it given. */
        public boolean kept() {
            return spentMs <= TOLERANCE * limitMs;
        }
    }
}
