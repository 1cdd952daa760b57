package io.t1.codec.client;

/** Hears of the decisions that {@link AsyncT1Client#poll} delivers. */
@FunctionalInterface
public interface DecisionHandler {
    /**
     * @param correlationId as {@link AsyncT1Client#offerDecide(float[], float)} returned it; each comes once.
     * @param decisions one a query of the request; valid until this returns.
     */
    void onDecisions(long correlationId, Decisions decisions);
}
