package io.t1.ops.distil;

import io.t1.ops.observation.ContextFeature;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Queries drawn from a known law, with the shape of a real node's: most gains 0, entropy and length telling most of what
 * can be told, latencies skewed.
 */
public final class SyntheticQueries {
    /** Whether features say anything of the gains. */
    public enum Signal {
        /** As on a real node: weak, and monotone in entropy and length. */
        WEAK,
        /** None at all. */
        NONE
    }

    private static final List<String> NAMES = Arrays.stream(ContextFeature.values())
            .map(ContextFeature::columnName)
            .toList();

    private SyntheticQueries() {}

    /** Queries with all 16 features. */
    public static MeasuredQueries of(final Signal signal, final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<MeasuredQuery> queries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            queries.add(query(i, signal, random));
        }
        return new MeasuredQueries(NAMES, queries);
    }

    private static MeasuredQuery query(final int i, final Signal signal, final SplittableRandom random) {
        final double difficulty = random.nextGaussian();
        final boolean natural = random.nextInt(2) == 0;
        final int length = natural ? 4 + random.nextInt(16) : 1 + random.nextInt(3);
        final float[] x = new float[NAMES.size()];
        x[0] = (float) Math.clamp(1.3 + 0.6 * difficulty + 0.4 * random.nextGaussian(), 0, Math.log(10));
        x[1] = length;
        x[2] = (float) Math.clamp((natural ? 0.8 : 0.2) + 0.15 * random.nextGaussian(), 0, 1);
        x[3] = random.nextInt(5) == 0 ? (float) (1.0 / length) : 0;
        for (int f = 4; f < x.length; f++) {
            x[f] = (float) (random.nextGaussian() + (f % 3 == 0 ? -0.7 * difficulty : 0));
        }
        if (random.nextInt(50) == 0) {
            x[12] = Float.NaN;
        }
        final double told = signal == Signal.NONE
                ? 0
                : 1.3 * (x[0] - 1.3) + (natural ? 0.05 * (length - 10) : -0.3) - 0.3 * x[6] + 0.3 * Math.max(0, x[9]);
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
        final double pause = random.nextInt(200) == 0 ? 8_000 : 0;
        final double skipMicros = 200 * Math.exp(0.3 * random.nextGaussian());
        return new MeasuredQuery(
                "q" + i,
                natural ? "natural-language" : "keyword",
                x,
                new double[] {skip, Math.clamp(skip + cheap, 0, 1), Math.clamp(skip + full, 0, 1)},
                new double[] {
                    skipMicros,
                    skipMicros + (1_300 + 25 * length) * Math.exp(0.15 * random.nextGaussian()),
                    skipMicros + pause + (2_800 + 60 * length) * Math.exp(0.15 * random.nextGaussian())
                },
                List.of(List.of(), List.of(), List.of()));
    }
}
