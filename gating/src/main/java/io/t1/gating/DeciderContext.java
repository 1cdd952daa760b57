package io.t1.gating;

import io.t1.router.KernelKind;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How a {@link Decider} is set up. The defaults suit a node that decides one query at a time.
 *
 * <p>Threading: one thread; a decider copies what it needs when it opens.
 */
public final class DeciderContext {
    private KernelKind kernel = KernelKind.VECTOR.available() ? KernelKind.VECTOR : KernelKind.LOOKUP;
    private Duration rehearsal = Duration.ofSeconds(1);
    private PhaseTiming timing = PhaseTiming.OFF;
    private int maxBatch = 1;
    private long seed = new SecureRandom().nextLong();
    private long firstDecisionId = 1;

    /**
     * The kernel to compute with. By default {@link KernelKind#VECTOR} where the JVM has the Vector API
     * ({@code --add-modules=jdk.incubator.vector}), else {@link KernelKind#LOOKUP}.
     */
    public DeciderContext kernel(final KernelKind kernel) {
        this.kernel = kernel;
        return this;
    }

    /**
     * The longest that opening may take to have one decision with vectors compiled, 1 s by default; zero opens at once.
     * Until it is compiled, each takes some 50 us. Other kernels are fast from the start and aren't rehearsed.
     *
     * @throws IllegalArgumentException if it is negative.
     */
    public DeciderContext rehearsal(final Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("rehearsal=" + longest + " < 0");
        }
        rehearsal = longest;
        return this;
    }

    /** Whether threads measure their phases; off by default. */
    public DeciderContext timing(final PhaseTiming timing) {
        this.timing = timing;
        return this;
    }

    /**
     * Most queries in a batch, 1 by default.
     *
     * @throws IllegalArgumentException if it isn't 1 to {@link DecisionBatch#MAX_QUERIES}.
     */
    public DeciderContext maxBatch(final int maxBatch) {
        if (maxBatch < 1 || maxBatch > DecisionBatch.MAX_QUERIES) {
            throw new IllegalArgumentException("maxBatch=" + maxBatch + " not in 1.." + DecisionBatch.MAX_QUERIES);
        }
        this.maxBatch = maxBatch;
        return this;
    }

    /** The seed of exploration. By default a fresh one, so that the nodes of a fleet don't explore in step. */
    public DeciderContext seed(final long seed) {
        this.seed = seed;
        return this;
    }

    /** Where decision ids start, 1 by default: a node that outlives restarts sets what it hasn't used yet. */
    public DeciderContext firstDecisionId(final long firstDecisionId) {
        this.firstDecisionId = firstDecisionId;
        return this;
    }

    /** The kernel to compute with. */
    public KernelKind kernel() {
        return kernel;
    }

    /** The longest that opening may take to have decisions compiled. */
    public Duration rehearsal() {
        return rehearsal;
    }

    /** Whether threads measure their phases. */
    public PhaseTiming timing() {
        return timing;
    }

    /** Most queries in a batch. */
    public int maxBatch() {
        return maxBatch;
    }

    /** The seed of exploration. */
    public long seed() {
        return seed;
    }

    /** Where decision ids start. */
    public long firstDecisionId() {
        return firstDecisionId;
    }
}
