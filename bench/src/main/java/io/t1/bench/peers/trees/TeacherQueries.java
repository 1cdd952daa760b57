package io.t1.bench.peers.trees;

import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Queries to train the teacher on: 2,000 of them with 8 features, drawn from a known law of the shape of a real node's
 * (most gains 0, features that tell a little, skewed latencies). What a forest costs to score depends on the number and
 * depth of its trees only, and those are chosen as {@code t1 distil} chooses them.
 */
final class TeacherQueries {
    static final int FEATURES = 8;
    private static final int QUERIES = 2_000;
    private static final List<String> NAMES = List.of(
            "entropy", "query_length", "nl_confidence", "miss_rate", "max_idf", "avg_idf", "top_score", "score_gap");

    private TeacherQueries() {}

    static MeasuredQueries of(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<MeasuredQuery> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            queries.add(query(i, random));
        }
        return new MeasuredQueries(NAMES, queries);
    }

    /** Rows of the same law. */
    static float[][] rows(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = query(i, random).features();
        }
        return rows;
    }

    private static MeasuredQuery query(final int i, final SplittableRandom random) {
        final double difficulty = random.nextGaussian();
        final boolean natural = random.nextInt(2) == 0;
        final int length = natural ? 4 + random.nextInt(16) : 1 + random.nextInt(3);
        final float[] x = new float[FEATURES];
        x[0] = (float) Math.clamp(1.3 + 0.6 * difficulty + 0.4 * random.nextGaussian(), 0, Math.log(10));
        x[1] = length;
        x[2] = (float) Math.clamp((natural ? 0.8 : 0.2) + 0.15 * random.nextGaussian(), 0, 1);
        x[3] = random.nextInt(5) == 0 ? (float) (1.0 / length) : 0;
        for (int f = 4; f < x.length; f++) {
            x[f] = (float) (random.nextGaussian() + (f % 3 == 0 ? -0.7 * difficulty : 0));
        }
        if (random.nextInt(50) == 0) {
            x[5] = Float.NaN;
        }
        final double told = 1.3 * (x[0] - 1.3) + (natural ? 0.05 * (length - 10) : -0.3) - 0.3 * x[6];
        final double chance = 1 / (1 + Math.exp(1.1 - told));
        final double skip = random.nextDouble() < 0.4 ? 1 : random.nextDouble() * 0.8;
        final double draw = random.nextDouble();
        double full = 0;
        if (draw < chance) {
            full = Math.min(1 - skip, 0.1 + 0.5 * random.nextDouble() * (1 + Math.tanh(told)));
        } else if (draw > 0.92) {
            full = -Math.min(skip, 0.2 * random.nextDouble());
        }
        final double cheap = random.nextDouble() < 0.6 ? full * (0.6 + 0.5 * random.nextDouble()) : 0;
        final double skipUs = 200 * Math.exp(0.3 * random.nextGaussian());
        final double[] latencyUs = {
            skipUs,
            skipUs + (1_300 + 25 * length) * Math.exp(0.15 * random.nextGaussian()),
            skipUs + (2_800 + 60 * length) * Math.exp(0.15 * random.nextGaussian())
        };
        return new MeasuredQuery(
                "q" + i,
                natural ? "natural-language" : "keyword",
                x,
                new double[] {skip, Math.clamp(skip + cheap, 0, 1), Math.clamp(skip + full, 0, 1)},
                latencyUs,
                List.of(List.of(), List.of(), List.of()));
    }
}
