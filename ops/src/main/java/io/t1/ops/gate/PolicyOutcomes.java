package io.t1.ops.gate;

/**
 * What was measured of each query under a policy, in the same order of queries for every policy compared.
 *
 * @param name of the policy, e.g. {@code t1}.
 * @param ndcg10 one a query.
 * @param latencyMs whole latency, one a query.
 * @param arms code of the arm that each query got.
 */
public record PolicyOutcomes(String name, double[] ndcg10, double[] latencyMs, byte[] arms) {
    public PolicyOutcomes {
        if (ndcg10.length == 0 || ndcg10.length != latencyMs.length || ndcg10.length != arms.length) {
            throw new IllegalArgumentException("policy " + name + ": ndcg10=" + ndcg10.length + ", latencyMs="
                    + latencyMs.length + ", arms=" + arms.length + ": as many of each, one at least");
        }
    }

    /** Queries. */
    public int size() {
        return ndcg10.length;
    }
}
