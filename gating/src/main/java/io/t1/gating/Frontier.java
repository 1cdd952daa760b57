package io.t1.gating;

import io.t1.codec.Arm;
import io.t1.router.FloatOrder;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The harvest frontier under a spend cap: for an arm, its dearest configuration whose p95 cost is within the cap; where
 * FULL has none CHEAP's dearest that is; where that has none either, SKIP, which costs nothing.
 *
 * <p>Configurations lie in one row, SKIP first, then CHEAP's and FULL's, each ascending in cost. How many of all costs are
 * within the cap says which one an arm gets. A larger cap counts no fewer: it never lowers the arm. A NaN cap fits
 * nothing.
 *
 * <p>Costs are counted without a branch and, up to eight, without a loop: a search that stops where the cap says is a
 * branch that no processor foretells, and a wrong guess costs more than all of this.
 *
 * <p>Threading: any. Allocation: none after construction.
 */
public final class Frontier {
    /** Costs that are compared without a loop: no usual frontier has more. */
    private static final int STRAIGHT = 8;
    /** Above the key of any float. */
    private static final long BEYOND = 1L << 32;
    /** Places for each number of costs within the cap: the arms and {@link Gate#WITHHELD}. */
    static final int CELLS = Arm.COUNT + 1;

    private final float[] costMs;
    private final byte[] arm;
    private final char[] ef;
    private final char[] topk;
    private final char[] rerankDepth;
    /**
     * One less than {@link FloatOrder#key} of all costs but SKIP's, ascending, filled up with {@link #BEYOND}: a cost is
     * within a cap exactly when this is below the cap's key.
     */
    private final long[] costKeys;
    /**
     * {@code configurations[CELLS * within + wanted]}: the configuration when so many costs are within the cap; SKIP's
     * in the place of {@link Gate#WITHHELD}.
     */
    private final int[] configurations;
    /** In the same places its arm. */
    private final byte[] arms;
    /** In the same places {@link DecisionBatch#done}, with CAPPED where the arm isn't the wanted one, or LOW_GAIN. */
    private final long[] done;

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
        }
        costKeys = ascendingKeys(costMs);
        this.configurations = new int[CELLS * configurations];
        arms = new byte[CELLS * configurations];
        done = new long[CELLS * configurations];
        for (int within = 0; within < configurations; within++) {
            final long dearest = within == 0 ? -BEYOND : costKeys[within - 1] + 1;
            for (int wanted = 0; wanted < Arm.COUNT; wanted++) {
                final int c = dearestWithin(wanted, dearest);
                final int cell = CELLS * within + wanted;
                final int flags = arm[c] < wanted ? DecisionFlag.CAPPED : 0; // a cap raises no arm
                this.configurations[cell] = c;
                arms[cell] = arm[c];
                done[cell] = DecisionBatch.done(flags, ef[c], topk[c], rerankDepth[c]);
            }
            // the other arrays have SKIP there, which is 0
            done[CELLS * within + Gate.WITHHELD] =
                    DecisionBatch.done(DecisionFlag.LOW_GAIN, ef[0], topk[0], rerankDepth[0]);
        }
    }

    private static long[] ascendingKeys(final float[] costMs) {
        final long[] keys = new long[Math.max(STRAIGHT, costMs.length - 1)];
        Arrays.fill(keys, BEYOND);
        for (int c = 1; c < costMs.length; c++) {
            keys[c - 1] = FloatOrder.key(costMs[c]) - 1L;
        }
        Arrays.sort(keys);
        return keys;
    }

    /** The walk down from the dearest configuration of the wanted arm, through the arms below it. */
    private int dearestWithin(final int wanted, final long capKey) {
        int c = costMs.length - 1;
        while (c > 0 && (arm[c] > wanted || FloatOrder.key(costMs[c]) > capKey)) {
            c--;
        }
        return c;
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
        return configurations[cell(wanted, spendCapMs)];
    }

    /** Costs of all but SKIP, in any order. */
    float[] costsMs() {
        return Arrays.copyOfRange(costMs, 1, costMs.length);
    }

    /**
     * Fills in what queries come to, by their {@link #cell}; to {@code done} it adds.
     *
     * @param decisions whose column {@code cell} is filled.
     */
    void spend(final DecisionBatch decisions, final int count) {
        final int[] cells = decisions.cell;
        final byte[] arms = this.arms;
        final long[] done = this.done;
        final byte[] armDone = decisions.arm;
        final long[] allDone = decisions.done;
        for (int q = 0; q < count; q++) {
            final int cell = cells[q];
            armDone[q] = arms[cell];
            allDone[q] |= done[cell];
        }
    }

    /**
     * Where {@link #armAt} and {@link #doneAt} have what an arm comes to under a cap.
     *
     * @param wanted its code, or {@link Gate#WITHHELD}.
     */
    int cell(final int wanted, final float spendCapMs) {
        if (Float.isNaN(spendCapMs)) {
            return wanted;
        }
        final long cap = FloatOrder.key(spendCapMs);
        final long[] costKeys = this.costKeys;
        long within = FloatOrder.below(costKeys[0], cap)
                + FloatOrder.below(costKeys[1], cap)
                + FloatOrder.below(costKeys[2], cap)
                + FloatOrder.below(costKeys[3], cap)
                + FloatOrder.below(costKeys[4], cap)
                + FloatOrder.below(costKeys[5], cap)
                + FloatOrder.below(costKeys[6], cap)
                + FloatOrder.below(costKeys[7], cap);
        for (int c = STRAIGHT; c < costKeys.length; c++) {
            within += FloatOrder.below(costKeys[c], cap);
        }
        return CELLS * (int) within + wanted;
    }

    /** Code of the arm that is done. */
    byte armAt(final int cell) {
        return arms[cell];
    }

    /** Its configuration, as {@link DecisionBatch#done(int)} has it; flagged CAPPED where the cap took the wanted arm. */
    long doneAt(final int cell) {
        return done[cell];
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
