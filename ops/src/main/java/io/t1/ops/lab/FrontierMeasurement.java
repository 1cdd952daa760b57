package io.t1.ops.lab;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.search.ArmConfiguration;
import io.t1.ops.lab.search.FirstStage;
import io.t1.ops.lab.search.RankedList;
import io.t1.ops.lab.search.SearchNode;
import io.t1.ops.statistics.Percentiles;
import io.t1.router.artifact.FrontierPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures what configurations cost beyond the first stage: the p95 (nearest rank) of what each takes on top of it, over
 * the same queries, configurations in random order within each query, on one thread.
 *
 * <p>Threading: one thread an instance.
 */
public final class FrontierMeasurement {
    /** CHEAP, and FULL from narrow to broad; the last is what FULL is measured with. */
    public static final List<ArmConfiguration> CONFIGURATIONS = List.of(
            ArmConfiguration.CHEAP,
            new ArmConfiguration(Arm.FULL, 20, 20, 10),
            new ArmConfiguration(Arm.FULL, 50, 50, 25),
            ArmConfiguration.FULL);

    /** Queries measured, at most: a p95 needs 59 for a bound at all. */
    static final int QUERIES = 400;

    private static final double P95 = 0.95;

    private final SearchNode node;
    private final Random random;

    /**
     * @param seed of the configurations' order.
     */
    public FrontierMeasurement(final SearchNode node, final long seed) {
        this.node = node;
        this.random = new Random(seed);
    }

    /**
     * Measures configurations on queries that the node has warmed up on.
     *
     * @param queries at least one; the first 400 count.
     * @return a point a configuration, in their order.
     */
    public List<FrontierPoint> measure(
            final List<ArmConfiguration> configurations, final List<LabQuery> queries, final Progress progress) {
        final List<LabQuery> asked = queries.subList(0, Math.min(QUERIES, queries.size()));
        final double[][] millis = new double[configurations.size()][asked.size()];
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < configurations.size(); i++) {
            order.add(i);
        }
        for (int q = 0; q < asked.size(); q++) {
            progress.report("measuring configurations", q, asked.size());
            Collections.shuffle(order, random);
            for (final int i : order) {
                millis[i][q] = extraMillis(asked.get(q), configurations.get(i));
            }
        }
        progress.report("measuring configurations", asked.size(), asked.size());
        final FrontierPoint[] points = new FrontierPoint[configurations.size()];
        Arrays.setAll(points, i -> point(configurations.get(i), millis[i]));
        return List.of(points);
    }

    private double extraMillis(final LabQuery query, final ArmConfiguration configuration) {
        final FirstStage first = node.firstStage(query.text());
        final long begin = System.nanoTime();
        final RankedList ranked = node.finish(
                first, configuration.arm(), configuration.ef(), configuration.topk(), configuration.rerankDepth());
        final double millis = (System.nanoTime() - begin) / 1e6;
        assert ranked.topTen().size() <= 10 : "the answer is used, so its making is what was timed";
        return millis;
    }

    private static FrontierPoint point(final ArmConfiguration configuration, final double[] millis) {
        return new FrontierPoint(
                configuration.arm(), configuration.ef(), configuration.topk(), configuration.rerankDepth(), (float)
                        Percentiles.nearestRank(millis, P95));
    }
}
