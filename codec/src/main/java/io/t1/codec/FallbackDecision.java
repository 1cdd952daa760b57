package io.t1.codec;

/**
 * What a node does when nothing is decided: T0.
 *
 * @param arm its arm.
 * @param ef 0 to 65,535.
 * @param topk 0 to 65,535 candidates.
 * @param rerankDepth 0 to 65,535 documents.
 */
public record FallbackDecision(Arm arm, int ef, int topk, int rerankDepth) {
    /** Nothing on top of a hundred candidates. */
    public static final FallbackDecision SKIP = new FallbackDecision(Arm.SKIP, 0, 100, 0);

    public FallbackDecision {
        WireRange.uint16("ef", ef);
        WireRange.uint16("topk", topk);
        WireRange.uint16("rerankDepth", rerankDepth);
    }
}
