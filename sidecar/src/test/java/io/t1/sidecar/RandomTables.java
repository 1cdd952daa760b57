package io.t1.sidecar;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Seeded tables that pass every check, all with the same features and knots, so that a client that has said hello once
 * can go on through any number of reloads.
 */
public final class RandomTables {
    /** Features of each. */
    public static final int FEATURES = 4;
    /** Their names. */
    public static final List<String> NAMES = List.of("f0", "f1", "f2", "f3");
    /** What they do without a decision. */
    public static final BaselineDecision BASELINE = new BaselineDecision(Arm.CHEAP, 17, 42, 7);

    private RandomTables() {}

    /** The table of a seed; different seeds give different tables. */
    public static RouterArtifact table(final long seed) {
        return table(seed, TableKey.DEFAULT, 0);
    }

    /** The same for another key, with the range of its features moved, which changes its quantiser. */
    public static RouterArtifact table(final long seed, final TableKey key, final float shift) {
        final Random random = new Random(seed);
        final List<FeatureSpec> features = new ArrayList<>();
        for (int f = 0; f < FEATURES; f++) {
            final float[] knots = new float[FeatureSpec.KNOTS];
            for (int i = 0; i < knots.length; i++) {
                knots[i] = shift + i / 16f;
            }
            features.add(new FeatureSpec(NAMES.get(f), "", 10 * f, knots));
        }
        final List<OutputSpec> outputs = new ArrayList<>();
        final float[] offset = {0.5f, 5, 0.01f, 0.5f, 0.02f};
        final float[] spread = {0.5f, 5, 0.01f, 0.5f, 0.04f};
        final float[] hi = {1, 12, 1, 1, 1};
        for (int o = 0; o < 5; o++) {
            final byte[][] values = new byte[FEATURES][FeatureSpec.KNOTS];
            for (final byte[] ofFeature : values) {
                random.nextBytes(ofFeature);
            }
            final float scale = spread[o] / (64f * 16 * 64 * 2);
            outputs.add(new OutputSpec(
                    OutputName.values()[o], random.nextInt(1000), offset[o], scale, o == 4 ? -1 : 0, hi[o], values));
        }
        final byte[][] grids = new byte[5][PairSpec.LINES * PairSpec.LINES];
        for (final byte[] grid : grids) {
            random.nextBytes(grid);
        }
        final RouterArtifact without = new RouterArtifact(
                key,
                features,
                outputs,
                List.of(new PairSpec(0, 2, grids)),
                List.of(),
                new GateSpec(random.nextFloat(0.4f, 0.6f), 0.1f, 0.5f, new float[Arm.COUNT]),
                List.of(
                        new FrontierPoint(Arm.CHEAP, 20 + random.nextInt(9), 50, 10, 1),
                        new FrontierPoint(Arm.CHEAP, 40, 60, 20, 2.5f),
                        new FrontierPoint(Arm.FULL, 104 + random.nextInt(9), 80, 50, 4),
                        new FrontierPoint(Arm.FULL, 200, 100, 100, 6)),
                BASELINE,
                new Provenance("random", seed, 0, 0, List.of(), Map.of()),
                List.of());
        return new RouterArtifact(
                without.key(),
                without.features(),
                without.outputs(),
                without.pairs(),
                without.monotone(),
                without.gate(),
                without.frontier(),
                without.baseline(),
                without.provenance(),
                GoldenVectors.of(without, seed, 5));
    }

    /** The table of a seed as its file. */
    public static byte[] json(final long seed) {
        return RouterArtifactJson.write(table(seed));
    }

    /** Queries: features in and a little outside the knots' range. */
    public static float[] query(final Random random) {
        final float[] features = new float[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            features[f] = random.nextInt(50) == 0 ? Float.NaN : random.nextFloat(-0.1f, 1.1f);
        }
        return features;
    }
}
