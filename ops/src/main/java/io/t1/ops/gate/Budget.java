package io.t1.ops.gate;

/** What a policy may spend: one constraint on the traffic as a whole. */
public sealed interface Budget {
    /**
     * Mean extra latency, as a share of what FULL for every query would cost.
     *
     * @param share above 0, at most 1.
     */
    record MeanShare(double share) implements Budget {
        public MeanShare {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("budget share=" + share + " not in 0..1 (0 excluded)");
            }
        }
    }

    /**
     * The p95 of the whole latency under the policy, less the baseline's p95.
     *
     * @param liftMs most lift, 0 or more.
     * @param baselineP95Ms the baseline's p95, declared; NaN to take SKIP's on the same queries.
     */
    record P95Lift(double liftMs, double baselineP95Ms) implements Budget {
        public P95Lift {
            if (!(liftMs >= 0 && liftMs < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("budget p95 lift=" + liftMs + " ms not 0 or more");
            }
            if (baselineP95Ms <= 0 || Double.isInfinite(baselineP95Ms)) {
                throw new IllegalArgumentException("baseline p95=" + baselineP95Ms + " ms not above 0");
            }
        }
    }
}
