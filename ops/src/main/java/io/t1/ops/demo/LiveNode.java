package io.t1.ops.demo;

import io.t1.codec.Arm;
import io.t1.codec.client.Decision;
import io.t1.codec.client.OutcomeReport;
import io.t1.codec.client.T1Client;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.evaluation.Ndcg;
import io.t1.ops.lab.search.ArmConfiguration;
import io.t1.ops.lab.search.FirstStage;
import io.t1.ops.lab.search.RankedList;
import io.t1.ops.lab.search.SearchNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * A search node at work: it answers queries, asking the sidecar what to spend on each, and reports what came of it.
 *
 * <p>Threading: one thread.
 */
final class LiveNode {
    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private final SearchNode node;
    private final T1Client client;
    private final Decision decision = new Decision();
    private final OutcomeReport outcome = new OutcomeReport();
    private final Histogram decisionNanos = new Histogram(HIGHEST_NANOS, 3);
    private long degraded;

    LiveNode(final SearchNode node, final T1Client client) {
        this.node = node;
        this.client = client;
    }

    /** Answers a query as the sidecar says. The latency includes asking. */
    Answer decided(final LabQuery query) {
        final long begin = System.nanoTime();
        final FirstStage first = node.firstStage(query.text());
        final long asked = System.nanoTime();
        client.decide(first.features(), decision);
        final long told = System.nanoTime();
        final RankedList ranked =
                node.finish(first, decision.arm(), decision.ef(), decision.topk(), decision.rerankDepth());
        final long end = System.nanoTime();
        decisionNanos.recordValue(Math.min(told - asked, HIGHEST_NANOS));
        if (decision.degraded()) {
            degraded++;
        }
        return answer(query, decision.arm(), ranked, end - begin);
    }

    /** Answers a query under a fixed arm, without asking. */
    Answer fixed(final LabQuery query, final Arm arm) {
        final ArmConfiguration configuration = ArmConfiguration.of(arm);
        final long begin = System.nanoTime();
        final FirstStage first = node.firstStage(query.text());
        final RankedList ranked =
                node.finish(first, arm, configuration.ef(), configuration.topk(), configuration.rerankDepth());
        return answer(query, arm, ranked, System.nanoTime() - begin);
    }

    /** Tells the sidecar what came of its latest decision; false when it could not be sent. */
    boolean report(final Answer served, final Answer baseline) {
        outcome.of(decision.decisionId())
                .latencyMicros((float) (served.latencyMs * 1e3))
                .ndcg((float) served.ndcg10)
                .baselineNdcg((float) baseline.ndcg10)
                .jaccard((float) jaccard(served.topTen, baseline.topTen))
                .label(served.ndcg10 > baseline.ndcg10 ? 1 : 0)
                .topTen(String.join("\n", served.topTen));
        return client.outcome(outcome);
    }

    /** Version of the table that made the latest decision. */
    long tableVersion() {
        return decision.tableVersion();
    }

    /** How long asking took, in nanoseconds. */
    Histogram decisionNanos() {
        return decisionNanos;
    }

    /** Decisions that were the client's own baseline. */
    long degraded() {
        return degraded;
    }

    /** Forgets what was measured so far. */
    void resetMeasurements() {
        decisionNanos.reset();
        degraded = 0;
    }

    private static Answer answer(final LabQuery query, final Arm arm, final RankedList ranked, final long nanos) {
        return new Answer(arm, Ndcg.atTen(ranked.topTen(), query.judgements()), nanos / 1e6, ranked.topTen());
    }

    private static double jaccard(final List<String> one, final List<String> other) {
        final Set<String> union = new HashSet<>(one);
        union.addAll(other);
        final Set<String> shared = new HashSet<>(one);
        shared.retainAll(other);
        return union.isEmpty() ? 1 : (double) shared.size() / union.size();
    }

    /** What a query was answered with, and how long that took. */
    record Answer(Arm arm, double ndcg10, double latencyMs, List<String> topTen) {}
}
