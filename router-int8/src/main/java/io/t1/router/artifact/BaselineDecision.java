package io.t1.router.artifact;

import io.t1.codec.Arm;

/**
 * T0: what the node does when nothing is decided.
 *
 * @param arm its arm.
 * @param ef 0 to 65,535.
 * @param topk 1 to 65,535.
 * @param rerankDepth 0 to 65,535.
 */
public record BaselineDecision(Arm arm, int ef, int topk, int rerankDepth) {
    /** SKIP with a hundred candidates. */
    public static final BaselineDecision SKIP = new BaselineDecision(Arm.SKIP, 0, 100, 0);
}
