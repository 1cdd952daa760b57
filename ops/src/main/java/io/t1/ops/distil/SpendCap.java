package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.router.artifact.FrontierPoint;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Between which values spend caps lie, and how far a teacher's are lifted: its forest's mean over arms lies between their
 * costs and would otherwise forbid FULL to half of those who need it (docs/adr/0050-spend-cap.md). A table's caps are
 * break-even costs ({@link Targets#breakEvenMs}), and aren't lifted.
 */
final class SpendCap {
    private static final double REFUSED = 0.05;

    private SpendCap() {}

    /**
     * How far caps must be lifted, 0 or more: for 95 % of the queries whose best arm is FULL they must reach FULL's dearest
     * configuration, and CHEAP's likewise.
     *
     * @param caps what is said of each training query, unclamped.
     */
    static double lift(final double[] caps, final int[] bestArm, final List<FrontierPoint> frontier) {
        double lift = 0;
        for (final Arm arm : List.of(Arm.CHEAP, Arm.FULL)) {
            final double[] ofArm = IntStream.range(0, caps.length)
                    .filter(q -> bestArm[q] == arm.code())
                    .mapToDouble(q -> caps[q])
                    .sorted()
                    .toArray();
            if (ofArm.length > 0) {
                final double low = ofArm[(int) (REFUSED * ofArm.length)];
                lift = Math.max(lift, Targets.dearest(frontier, arm) - low);
            }
        }
        return lift;
    }

    /** What every query may spend by a table: CHEAP, which bars refuse where it isn't worth its cost. */
    static float least(final List<FrontierPoint> frontier) {
        return Targets.dearest(frontier, Arm.CHEAP);
    }

    /** Far above every cost, so that the clamp never cuts a monotone rise short at the frontier. */
    static float highest(final List<FrontierPoint> frontier) {
        return 4 * Math.max(Targets.dearest(frontier, Arm.FULL), Targets.dearest(frontier, Arm.CHEAP)) + 1;
    }
}
