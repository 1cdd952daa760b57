package io.t1.gating;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded artifacts that pass every check: their features have names that no constraint is on. */
final class RandomArtifacts {
    private static final float[] NO_EXPLORATION = new float[Arm.COUNT];

    private final Random random;

    RandomArtifacts(final long seed) {
        random = new Random(seed);
    }

    /** Any shape: 1 to 16 features, 4 or 5 outputs, 0 to 8 pairs, exploring in two of three. */
    RouterArtifact any() {
        return of(features(random.nextInt(1, 17)), random.nextInt(4, 6), random.nextInt(9), epsilon());
    }

    /** Four features, five outputs, no pairs, no exploration. */
    RouterArtifact plain() {
        return of(features(4), 5, 0, NO_EXPLORATION);
    }

    /** Another table for the same features, that doesn't explore. */
    RouterArtifact sameFeatures(final RouterArtifact as) {
        return of(as.features(), as.outputs().size(), as.pairs().size(), NO_EXPLORATION);
    }

    /** The same with another exploration. */
    static RouterArtifact exploring(final RouterArtifact as, final float skip, final float cheap, final float full) {
        final GateSpec gate = as.gate();
        final var epsilon = new float[] {skip, cheap, full};
        return withGate(as, new GateSpec(gate.thetaStar(), gate.delta(), gate.tauMean(), epsilon));
    }

    static RouterArtifact withGate(final RouterArtifact as, final GateSpec gate) {
        return new RouterArtifact(
                as.key(),
                as.features(),
                as.outputs(),
                as.pairs(),
                as.monotone(),
                gate,
                as.frontier(),
                as.baseline(),
                as.provenance(),
                as.golden());
    }

    static RouterArtifact withFeatures(final RouterArtifact as, final List<FeatureSpec> features) {
        return new RouterArtifact(
                as.key(),
                features,
                as.outputs(),
                as.pairs(),
                as.monotone(),
                as.gate(),
                as.frontier(),
                as.baseline(),
                as.provenance(),
                as.golden());
    }

    static RouterArtifact withKey(final RouterArtifact as, final TableKey key) {
        return new RouterArtifact(
                key,
                as.features(),
                as.outputs(),
                as.pairs(),
                as.monotone(),
                as.gate(),
                as.frontier(),
                as.baseline(),
                as.provenance(),
                as.golden());
    }

    private RouterArtifact of(
            final List<FeatureSpec> features, final int outputs, final int pairs, final float[] epsilon) {
        return new RouterArtifact(
                TableKey.DEFAULT,
                features,
                outputs(features.size(), outputs),
                pairs(features.size(), outputs, pairs),
                List.of(),
                new GateSpec(random.nextFloat(0.3f, 0.7f), random.nextFloat(0, 0.3f), random.nextFloat(), epsilon),
                frontier(),
                new BaselineDecision(
                        Arm.ofCode(random.nextInt(3)), random.nextInt(200), random.nextInt(1, 200), random.nextInt(99)),
                new Provenance("random", 0, 0, 0, List.of(), Map.of()),
                List.of());
    }

    private List<FeatureSpec> features(final int count) {
        final List<FeatureSpec> features = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            final float[] knots = new float[FeatureSpec.KNOTS];
            float knot = random.nextFloat(-10, 10);
            for (int i = 0; i < knots.length; i++) {
                knots[i] = knot;
                knot += random.nextFloat(0.05f, 3);
            }
            features.add(new FeatureSpec("f" + f, "", random.nextInt(256), knots));
        }
        return features;
    }

    private List<OutputSpec> outputs(final int features, final int count) {
        final float step = (float) (1 / (64.0 * 16 * 64 * Math.sqrt(features))); // of about one over all
        final float[] offset = {0.5f, 5, 0.01f, 0.5f, 0.02f};
        final float[] spread = {0.5f, 5, 0.01f, 0.5f, 0.04f};
        final float[] lo = {0, 0, 0, 0, -1};
        final float[] hi = {1, 12, 1, 1, 1};
        final List<OutputSpec> outputs = new ArrayList<>();
        for (int o = 0; o < count; o++) {
            final byte[][] values = new byte[features][FeatureSpec.KNOTS];
            for (final byte[] ofFeature : values) {
                random.nextBytes(ofFeature);
            }
            final int bias = random.nextInt(-1000, 1000);
            outputs.add(
                    new OutputSpec(OutputName.values()[o], bias, offset[o], spread[o] * step, lo[o], hi[o], values));
        }
        return outputs;
    }

    private List<PairSpec> pairs(final int features, final int outputs, final int count) {
        final List<PairSpec> pairs = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            for (int g = f + 1; g < features && pairs.size() < count; g++) {
                final byte[][] grids = new byte[outputs][PairSpec.LINES * PairSpec.LINES];
                for (final byte[] grid : grids) {
                    random.nextBytes(grid);
                }
                pairs.add(new PairSpec(f, g, grids));
            }
        }
        return pairs;
    }

    private List<FrontierPoint> frontier() {
        final List<FrontierPoint> points = new ArrayList<>();
        for (final Arm arm : List.of(Arm.CHEAP, Arm.FULL)) {
            float cost = arm == Arm.CHEAP ? 0.5f : 3;
            for (int p = random.nextInt(1, 6); p > 0; p--) {
                cost += random.nextFloat(0, 2);
                points.add(new FrontierPoint(
                        arm, random.nextInt(65_536), random.nextInt(1, 65_536), random.nextInt(65_536), cost));
            }
        }
        return points;
    }

    private float[] epsilon() {
        if (random.nextInt(3) == 0) {
            return NO_EXPLORATION;
        }
        final float share = random.nextFloat(0.01f, 0.33f);
        return new float[] {share, random.nextFloat() * share, share};
    }
}
