package io.t1.codec.client;

import io.t1.codec.frame.OutcomeFrame;

/**
 * Sends outcomes, or drops them: never waits.
 *
 * <p>Threading: one thread. Allocation: none for ids in ASCII once the session's scratch buffer has grown to them.
 */
final class OutcomeSender {
    private final OutcomeFrame frame = new OutcomeFrame();
    private final Session session;

    OutcomeSender(final Session session) {
        this.session = session;
    }

    boolean send(final OutcomeReport report) {
        if (report.decisionId == 0 || !session.isOpen()) {
            return false;
        }
        frame.wrap(session.scratch(), 0, report.decisionId, report.topTen)
                .latencyMicros(report.latencyMicros)
                .ndcg(report.ndcg)
                .baselineNdcg(report.baselineNdcg)
                .jaccard(report.jaccard)
                .label(report.label);
        return session.sendScratch(frame.length());
    }
}
