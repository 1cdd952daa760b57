package io.t1.ops.demo;

import io.t1.codec.Arm;
import io.t1.ops.gate.PolicyOutcomes;
import java.util.Random;
import java.util.stream.IntStream;

/** What a policy did for each query, as it is measured. */
final class PolicyRun {
    private final String name;
    private final double[] ndcg10;
    private final double[] latencyMs;
    private final byte[] arms;

    PolicyRun(final String name, final int queries) {
        this.name = name;
        ndcg10 = new double[queries];
        latencyMs = new double[queries];
        arms = new byte[queries];
    }

    void set(final int query, final LiveNode.Answer answer) {
        ndcg10[query] = answer.ndcg10();
        latencyMs[query] = answer.latencyMs();
        arms[query] = answer.arm().code();
    }

    double meanMs() {
        return IntStream.range(0, latencyMs.length)
                .mapToDouble(q -> latencyMs[q])
                .average()
                .orElse(0);
    }

    PolicyOutcomes outcomes() {
        return new PolicyOutcomes(name, ndcg10, latencyMs, arms);
    }

    /**
     * FULL for as many queries, drawn blindly, as cost what {@code spender} spent, SKIP for the rest; each with what was
     * measured for it.
     */
    static PolicyRun random(final PolicyRun skip, final PolicyRun full, final PolicyRun spender, final long seed) {
        final int n = skip.arms.length;
        final double fullCost = full.meanMs() - skip.meanMs();
        final double share = fullCost <= 0 ? 0 : Math.clamp((spender.meanMs() - skip.meanMs()) / fullCost, 0, 1);
        final int[] order = IntStream.range(0, n).toArray();
        final Random random = new Random(seed);
        for (int i = n - 1; i > 0; i--) {
            final int other = random.nextInt(i + 1);
            final int held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        final PolicyRun run = new PolicyRun("random", n);
        for (int i = 0; i < n; i++) {
            final PolicyRun source = i < Math.round(share * n) ? full : skip;
            final int q = order[i];
            run.ndcg10[q] = source.ndcg10[q];
            run.latencyMs[q] = source.latencyMs[q];
            run.arms[q] = (source == full ? Arm.FULL : Arm.SKIP).code();
        }
        return run;
    }
}
