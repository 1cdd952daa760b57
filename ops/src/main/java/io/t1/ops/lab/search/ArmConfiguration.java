package io.t1.ops.lab.search;

import io.t1.codec.Arm;

/**
 * How an arm is run.
 *
 * @param ef breadth of the HNSW search; 0 for an arm without one.
 * @param topk what the HNSW search gives; for CHEAP, and SKIP, the documents looked at.
 * @param rerankDepth documents reranked; 0 for SKIP.
 */
public record ArmConfiguration(Arm arm, int ef, int topk, int rerankDepth) {
    /** The first stage alone. */
    public static final ArmConfiguration SKIP = new ArmConfiguration(Arm.SKIP, 0, SearchNode.FIRST_STAGE, 0);
    /** The first twenty by one more score. */
    public static final ArmConfiguration CHEAP = new ArmConfiguration(Arm.CHEAP, 0, 20, 20);
    /** The arm that is measured as FULL. */
    public static final ArmConfiguration FULL = new ArmConfiguration(Arm.FULL, 100, 100, 50);

    /** The configuration that an arm is measured with. */
    public static ArmConfiguration of(final Arm arm) {
        return switch (arm) {
            case SKIP -> SKIP;
            case CHEAP -> CHEAP;
            case FULL -> FULL;
        };
    }
}
