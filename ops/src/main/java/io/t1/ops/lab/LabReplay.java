package io.t1.ops.lab;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.evaluation.Ndcg;
import io.t1.ops.lab.search.ArmConfiguration;
import io.t1.ops.lab.search.FirstStage;
import io.t1.ops.lab.search.LabFeatures;
import io.t1.ops.lab.search.RankedList;
import io.t1.ops.lab.search.SearchNode;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures queries under every arm: each arm whole, first stage included, by the monotonic clock on one thread, arms in
 * random order, after a warm-up. With several rounds the median of a query's latencies counts.
 *
 * <p>Threading: one thread an instance.
 */
public final class LabReplay {
    /** Queries answered under every arm before anything is measured. */
    static final int WARM_UP = 300;

    private final SearchNode node;
    private final int rounds;
    private final int warmUp;
    private final Random random;

    /**
     * @param rounds at least 1.
     * @param seed of the arms' order.
     */
    public LabReplay(final SearchNode node, final int rounds, final long seed) {
        this(node, rounds, WARM_UP, seed);
    }

    LabReplay(final SearchNode node, final int rounds, final int warmUp, final long seed) {
        this.node = node;
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.random = new Random(seed);
    }

    /** Measures all queries. */
    public MeasuredQueries measure(final List<LabQuery> queries, final Progress progress) {
        warmUp(queries, progress);
        final double[][][] micros = new double[queries.size()][Arm.COUNT][rounds];
        final List<MeasuredQuery> measured = new ArrayList<>();
        final long total = (long) rounds * queries.size();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < queries.size(); i++) {
                if (i % 32 == 0) {
                    progress.report("replaying queries", (long) round * queries.size() + i, total);
                }
                final MeasuredQuery one = measureOne(queries.get(i));
                for (int arm = 0; arm < Arm.COUNT; arm++) {
                    micros[i][arm][round] = one.latencyMicros()[arm];
                }
                if (round == 0) {
                    measured.add(one);
                }
            }
        }
        progress.report("replaying queries", total, total);
        for (int i = 0; i < measured.size(); i++) {
            for (int arm = 0; arm < Arm.COUNT; arm++) {
                measured.get(i).latencyMicros()[arm] = median(micros[i][arm]);
            }
        }
        return new MeasuredQueries(LabFeatures.NAMES, measured);
    }

    private void warmUp(final List<LabQuery> queries, final Progress progress) {
        for (int i = 0; i < warmUp; i++) {
            progress.report("warming up", i, warmUp);
            measureOne(queries.get(i % queries.size()));
        }
        progress.report("warming up", warmUp, warmUp);
    }

    private MeasuredQuery measureOne(final LabQuery query) {
        final List<Arm> order = new ArrayList<>(List.of(Arm.values()));
        Collections.shuffle(order, random);
        final double[] ndcg = new double[Arm.COUNT];
        final double[] micros = new double[Arm.COUNT];
        final List<List<String>> topTen = new ArrayList<>(Collections.nCopies(Arm.COUNT, List.of()));
        float[] features = new float[0];
        for (final Arm arm : order) {
            final ArmConfiguration configuration = ArmConfiguration.of(arm);
            final long begin = System.nanoTime();
            final FirstStage first = node.firstStage(query.text());
            final RankedList ranked =
                    node.finish(first, arm, configuration.ef(), configuration.topk(), configuration.rerankDepth());
            micros[arm.code()] = (System.nanoTime() - begin) / 1e3;
            ndcg[arm.code()] = Ndcg.atTen(ranked.topTen(), query.judgements());
            topTen.set(arm.code(), ranked.topTen());
            features = first.features();
        }
        return new MeasuredQuery(query.id(), query.slice(), features, ndcg, micros, topTen);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
