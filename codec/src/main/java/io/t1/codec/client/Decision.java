package io.t1.codec.client;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.wire.DecideResponseDecoder;

/**
 * What to spend on one query. A holder: each call that is given it overwrites it.
 *
 * <p>Threading: one thread. Allocation: none.
 */
public final class Decision {
    /** Bits of {@code DecisionFlags} in the wire schema. */
    private static final int DEGRADED = 1 << 3;

    private static final int OVERLOADED = 1 << 4;

    private long decisionId;
    private long tableVersion;
    private float tau;
    private float spendCapMs;
    private float minConfGain;
    private float score;
    private float expectedGain;
    private float propensity;
    private int flags;
    private int ef;
    private int topk;
    private int rerankDepth;
    private Arm arm = Arm.SKIP;
    private DegradedReason degradedReason = DegradedReason.NONE;

    /** One that says SKIP, degraded, until a call fills it. */
    public Decision() {
        degrade(FallbackDecision.SKIP, DegradedReason.NOT_CONNECTED);
    }

    /** What to do on top of the first stage. */
    public Arm arm() {
        return arm;
    }

    /** This context's claim on time, 0 to 1; NaN when the client degraded the decision. */
    public float tau() {
        return tau;
    }

    /** Most extra latency to spend, in milliseconds; NaN when the client degraded the decision. */
    public float spendCapMs() {
        return spendCapMs;
    }

    /** Least expected gain worth any spend, in nDCG; NaN when the client degraded the decision. */
    public float minConfGain() {
        return minConfGain;
    }

    /** The score that the gate used, 0 to 1; NaN when the client degraded the decision. */
    public float score() {
        return score;
    }

    /** Expected nDCG of FULL over SKIP; NaN when the table has none or the client degraded the decision. */
    public float expectedGain() {
        return expectedGain;
    }

    /** {@code ef} to search with; 0: the node's own. */
    public int ef() {
        return ef;
    }

    /** Candidates to take. */
    public int topk() {
        return topk;
    }

    /** Documents to rerank. */
    public int rerankDepth() {
        return rerankDepth;
    }

    /** Chance with which this arm was chosen, 0 to 1; 1 when the client degraded the decision. */
    public float propensity() {
        return propensity;
    }

    /** Identity at the sidecar, for the outcome; 0 when the client degraded the decision. */
    public long decisionId() {
        return decisionId;
    }

    /** Bits of the wire's {@code DecisionFlags}. */
    public int flags() {
        return flags;
    }

    /** The version of the table that decided; 0 when the client degraded the decision. */
    public long tableVersion() {
        return tableVersion;
    }

    /** Whether this is the baseline decision, made without the table. */
    public boolean degraded() {
        return (flags & DEGRADED) != 0;
    }

    /** Why it is degraded. */
    public DegradedReason degradedReason() {
        return degradedReason;
    }

    void degrade(final FallbackDecision fallback, final DegradedReason reason) {
        decisionId = 0;
        tableVersion = 0;
        tau = Float.NaN;
        spendCapMs = Float.NaN;
        minConfGain = Float.NaN;
        score = Float.NaN;
        expectedGain = Float.NaN;
        propensity = 1;
        flags = reason == DegradedReason.OVERLOADED ? DEGRADED | OVERLOADED : DEGRADED;
        ef = fallback.ef();
        topk = fallback.topk();
        rerankDepth = fallback.rerankDepth();
        arm = fallback.arm();
        degradedReason = reason;
    }

    void read(final DecideResponseDecoder.DecisionsDecoder decoder, final long tableVersion) {
        this.tableVersion = tableVersion;
        decisionId = decoder.decisionId();
        tau = decoder.tau();
        spendCapMs = decoder.spendCapMs();
        minConfGain = decoder.minConfGain();
        score = decoder.score();
        expectedGain = decoder.expectedGain();
        propensity = decoder.propensity();
        flags = decoder.flags().getRaw();
        ef = decoder.ef();
        topk = decoder.topk();
        rerankDepth = decoder.rerankDepth();
        arm = Arm.ofCode(decoder.arm());
        if (!degraded()) {
            degradedReason = DegradedReason.NONE;
        } else if ((flags & OVERLOADED) != 0) {
            degradedReason = DegradedReason.OVERLOADED;
        } else {
            degradedReason = DegradedReason.BY_SERVER;
        }
    }

    @Override
    public String toString() {
        return "Decision{arm=" + arm + ", ef=" + ef + ", topk=" + topk + ", rerankDepth=" + rerankDepth + ", tau=" + tau
                + ", spendCapMs=" + spendCapMs + ", minConfGain=" + minConfGain + ", score=" + score
                + ", expectedGain=" + expectedGain + ", propensity=" + propensity + ", decisionId="
                + Long.toUnsignedString(decisionId) + ", flags=" + flags + ", tableVersion="
                + Long.toUnsignedString(tableVersion) + ", degraded=" + degradedReason + "}";
    }
}
