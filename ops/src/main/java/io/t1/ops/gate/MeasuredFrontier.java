package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.router.artifact.FrontierPoint;
import java.util.List;

/** A frontier of one point an arm, for rows of which nothing more is known than what they cost. */
public final class MeasuredFrontier {
    private MeasuredFrontier() {}

    /**
     * The two configurations given, at the p95 of the extra cost that the rows show, as {@link MeasuredArms} has it.
     *
     * @param cheap CHEAP's configuration; its cost is replaced.
     * @param full FULL's configuration; its cost is replaced.
     */
    public static List<FrontierPoint> of(
            final MeasuredArms measured, final FrontierPoint cheap, final FrontierPoint full) {
        return List.of(priced(measured, cheap), priced(measured, full));
    }

    private static FrontierPoint priced(final MeasuredArms measured, final FrontierPoint point) {
        final Arm arm = point.arm();
        final float p95 = (float) Math.max(0, measured.p95CostMs(arm));
        return new FrontierPoint(arm, point.ef(), point.topk(), point.rerankDepth(), p95);
    }
}
