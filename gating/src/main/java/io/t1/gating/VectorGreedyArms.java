package io.t1.gating;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A register of queries at a time, the last one flush right: what is computed twice comes out the same.
 *
 * <p>The comparisons are the {@link Gate}'s, in float32 and in its order, and false for NaN as they are there.
 *
 * <p>Loaded only once {@code jdk.incubator.vector} is known to be there. Threading: any. Allocation: none after
 * construction, once compiled by C2.
 */
final class VectorGreedyArms implements GreedyArms {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
    private static final int LANES = INTS.length();
    private static final int CHEAP = 1;
    private static final int FULL = 2;

    private final float thetaStar;
    private final float delta;
    private final float tauMean;
    private final float[] costsMs;
    private final ScalarGreedyArms few;

    VectorGreedyArms(final Gate gate, final Frontier frontier) {
        thetaStar = gate.thetaStar();
        delta = gate.delta();
        tauMean = gate.tauMean();
        costsMs = frontier.costsMs();
        few = new ScalarGreedyArms(gate, frontier);
    }

    @Override
    public void cells(final DecisionBatch decisions, final int count) {
        if (count < LANES) {
            few.cells(decisions, count);
            return;
        }
        for (int q = 0; q < count; q += LANES) {
            register(decisions, Math.min(q, count - LANES));
        }
    }

    private void register(final DecisionBatch decisions, final int q) {
        final FloatVector score = FloatVector.fromArray(FLOATS, decisions.score, q);
        final FloatVector theta = FloatVector.broadcast(FLOATS, thetaStar)
                .sub(FloatVector.fromArray(FLOATS, decisions.tau, q).sub(tauMean));
        final VectorMask<Float> full = score.compare(VectorOperators.GE, theta);
        final VectorMask<Float> cheap = score.compare(VectorOperators.GE, theta.sub(delta));
        final VectorMask<Float> withheld = FloatVector.fromArray(FLOATS, decisions.expectedGain, q)
                .compare(VectorOperators.LT, FloatVector.fromArray(FLOATS, decisions.minConfGain, q))
                .and(cheap);
        IntVector cells = IntVector.zero(INTS)
                .blend(CHEAP, cheap.cast(INTS))
                .blend(FULL, full.cast(INTS))
                .blend(Gate.WITHHELD, withheld.cast(INTS));
        final FloatVector capMs = FloatVector.fromArray(FLOATS, decisions.spendCapMs, q);
        for (final float costMs : costsMs) {
            // what the loop carries is an argument, never the receiver: see VectorKernel
            cells = IntVector.zero(INTS)
                    .blend(
                            Frontier.CELLS,
                            capMs.compare(VectorOperators.GE, costMs).cast(INTS))
                    .add(cells);
        }
        cells.intoArray(decisions.cell, q);
    }
}
