package io.t1.gating;

import io.t1.codec.Arm;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The harvest frontier under a spend cap: for an arm, its dearest configuration whose p95 cost is within the cap; where
 * FULL has none CHEAP's dearest that is; where that has none either, SKIP, which costs nothing.
 *
 * <p>Configurations lie in one row, SKIP first, then CHEAP's and FULL's, each ascending in cost, so that the walk down
 * from an arm's dearest passes through the arms below it. A larger cap ends the walk no later: it never lowers the arm.
 * A NaN cap fits nothing.
 *
 * <p>Threading: any. Allocation: none after construction.
 */
public final class Frontier {
    private final float[] costMs;
    private final byte[] arm;
    private final char[] ef;
    private final char[] topk;
    private final char[] rerankDepth;
    private final int[] dearest = new int[Arm.COUNT];

    private Frontier(final List<FrontierPoint> ascending) {
        final int configurations = ascending.size();
        costMs = new float[configurations];
        arm = new byte[configurations];
        ef = new char[configurations];
        topk = new char[configurations];
        rerankDepth = new char[configurations];
        for (int c = 0; c < configurations; c++) {
            final FrontierPoint point = ascending.get(c);
            costMs[c] = point.p95CostMs();
            arm[c] = point.arm().code();
            ef[c] = (char) point.ef();
            topk[c] = (char) point.topk();
            rerankDepth[c] = (char) point.rerankDepth();
            for (int above = point.arm().code(); above < Arm.COUNT; above++) {
                dearest[above] = c; // an arm without points starts at the arm below
            }
        }
    }

    /**
     * The frontier of a table.
     *
     * @param points of CHEAP and FULL, in any order; of equal costs the later one counts as the dearer.
     * @param baseline whose ef and topk SKIP keeps, and its rerank depth where the baseline itself is SKIP.
     */
    public static Frontier of(final List<FrontierPoint> points, final BaselineDecision baseline) {
        final int skipDepth = baseline.arm() == Arm.SKIP ? baseline.rerankDepth() : 0;
        final var skip = new FrontierPoint(Arm.SKIP, baseline.ef(), baseline.topk(), skipDepth, 0);
        final var byArmAndCost = Comparator.comparing(FrontierPoint::arm).thenComparingDouble(FrontierPoint::p95CostMs);
        final List<FrontierPoint> spending = points.stream()
                .filter(p -> p.arm() != Arm.SKIP)
                .sorted(byArmAndCost)
                .toList();
        final var row = new ArrayList<FrontierPoint>(spending.size() + 1);
        row.add(skip);
        row.addAll(spending);
        return new Frontier(row);
    }

    /**
     * The configuration for an arm under a cap.
     *
     * @param wanted code of the arm asked for.
     * @param spendCapMs most extra latency, in milliseconds.
     * @return its index: 0 is SKIP.
     */
    public int configuration(final int wanted, final float spendCapMs) {
        final float[] costMs = this.costMs;
        int c = dearest[wanted];
        while (c > 0 && !(costMs[c] <= spendCapMs)) {
            c--;
        }
        return c;
    }

    /** Code of a configuration's arm. */
    public byte arm(final int configuration) {
        return arm[configuration];
    }

    /** A configuration's ef. */
    public char ef(final int configuration) {
        return ef[configuration];
    }

    /** A configuration's candidates. */
    public char topk(final int configuration) {
        return topk[configuration];
    }

    /** Documents that a configuration reranks. */
    public char rerankDepth(final int configuration) {
        return rerankDepth[configuration];
    }

    /** Extra latency over SKIP that 95 % of queries stay within, in milliseconds. */
    public float p95CostMs(final int configuration) {
        return costMs[configuration];
    }
}
