package io.t1.ops.spark;

import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Queries whose gains rise with entropy and length, by a law that is known; some values are missing. Features are enough
 * for each tree to leave some out: engines must draw the same.
 */
final class KnownLaw {
    private static final List<String> NAMES =
            List.of("entropy", "query_length", "nl_confidence", "max_idf", "top_score", "nqc", "wig");

    private KnownLaw() {}

    static MeasuredQueries queries(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<MeasuredQuery> queries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            queries.add(query("q" + i, random));
        }
        return new MeasuredQueries(NAMES, queries);
    }

    private static MeasuredQuery query(final String id, final SplittableRandom random) {
        final float entropy = (float) (2.3 * random.nextDouble());
        final int length = 1 + random.nextInt(20);
        final float confidence = (float) random.nextDouble();
        final double told = 1.5 * (entropy - 1.2) + 0.08 * (length - 10) + Math.sin(4 * confidence);
        final double skip = 0.6 * random.nextDouble();
        final boolean helped = random.nextDouble() < 1 / (1 + Math.exp(0.5 - told));
        final double full = helped ? 0.4 * random.nextDouble() : 0;
        final double skipMicros = 200 * Math.exp(0.3 * random.nextGaussian());
        return new MeasuredQuery(
                id,
                length > 10 ? "long" : "short",
                new float[] {
                    entropy,
                    length,
                    random.nextInt(40) == 0 ? Float.NaN : confidence,
                    (float) (told + random.nextGaussian()),
                    (float) random.nextGaussian(),
                    (float) random.nextGaussian(),
                    random.nextInt(30)
                },
                new double[] {skip, skip + 0.6 * full, skip + full},
                new double[] {
                    skipMicros,
                    skipMicros + (1_300 + 25 * length) * Math.exp(0.15 * random.nextGaussian()),
                    skipMicros + (2_800 + 60 * length) * Math.exp(0.15 * random.nextGaussian())
                },
                List.of(List.of(), List.of(), List.of()));
    }
}
