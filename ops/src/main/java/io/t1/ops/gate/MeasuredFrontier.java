package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.Percentiles;
import io.t1.router.artifact.FrontierPoint;
import java.util.List;
import java.util.stream.IntStream;

/** A frontier of one point an arm, for rows of which nothing more is known than what they cost. */
public final class MeasuredFrontier {
    private static final double P95 = 0.95;

    private MeasuredFrontier() {}

    /**
     * The two configurations given, at the p95 (nearest rank) of the extra cost that the rows show.
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
        final double[] costs = IntStream.range(0, measured.size())
                .mapToDouble(q -> measured.costMs(arm.code(), q))
                .toArray();
        final float p95 = (float) Math.max(0, Percentiles.nearestRank(costs, P95));
        return new FrontierPoint(arm, point.ef(), point.topk(), point.rerankDepth(), p95);
    }
}
