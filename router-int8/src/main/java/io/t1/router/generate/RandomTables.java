package io.t1.router.generate;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.router.artifact.AccumulatorRange;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Valid tables of any shape with values from a seed: every check that a learnt table passes, these pass.
 *
 * <p>The features are the definitions' four, then usual query-performance predictors. Exploration is off, so that
 * decisions are a function of the features. The same arguments give the same table.
 */
public final class RandomTables {
    private static final List<Range> FEATURES = List.of(
            new Range("entropy", "nats", 0, 4.6f),
            new Range("query_length", "tokens", 1, 40),
            new Range("nl_confidence", "", 0, 1),
            new Range("miss_rate", "", 0, 1),
            new Range("max_idf", "nats", 0, 15),
            new Range("avg_idf", "nats", 0, 12),
            new Range("top_score", "", 0, 40),
            new Range("score_gap", "", 0, 10),
            new Range("score_ratio10", "", 0, 1),
            new Range("nqc", "", 0, 2),
            new Range("wig", "", -5, 10),
            new Range("score_per_idf", "", 0, 5),
            new Range("coverage", "", 0, 1),
            new Range("log_hits", "nats", 0, 16),
            new Range("stop_share", "", 0, 1),
            new Range("term_count", "terms", 1, 40));

    /** Ranges of the outputs, in the order of {@link OutputName}. */
    private static final float[][] OUTPUT_RANGES = {{0, 1}, {0, 30}, {0, 0.05f}, {0, 1}, {-0.1f, 0.3f}};

    private static final int GOLDEN = 8;

    private RandomTables() {}

    private record Range(String name, String unit, float lo, float hi) {}

    /** A table for {@link TableKey#DEFAULT}. */
    public static RouterArtifact artifact(final long seed, final int features, final int outputs, final int pairs) {
        return artifact(TableKey.DEFAULT, seed, features, outputs, pairs);
    }

    /**
     * A table of this shape.
     *
     * @param features 1 to 16.
     * @param outputs 4 or 5.
     * @param pairs 0 to 8, and no more than there are pairs of features.
     */
    public static RouterArtifact artifact(
            final TableKey key, final long seed, final int features, final int outputs, final int pairs) {
        requireRange("features", features, 1, RouterArtifact.MAX_FEATURES);
        requireRange("outputs", outputs, RouterArtifact.MIN_OUTPUTS, OUTPUT_RANGES.length);
        requireRange("pairs", pairs, 0, Math.min(RouterArtifact.MAX_PAIRS, features * (features - 1) / 2));
        final SplittableRandom random = new SplittableRandom(seed);
        final List<FeatureSpec> specs = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            specs.add(feature(FEATURES.get(f), random));
        }
        final List<MonotoneConstraint> monotone = MonotoneConstraints.requiredFor(
                specs.stream().map(FeatureSpec::name).toList());
        final List<OutputSpec> raw = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            raw.add(output(OutputName.values()[o], specs, monotone, random));
        }
        final List<PairSpec> interactions = pairs(pairs, specs, outputs, monotone, random);
        final RouterArtifact unscaled = new RouterArtifact(
                key,
                List.copyOf(specs),
                List.copyOf(raw),
                interactions,
                monotone,
                new GateSpec(0.5f, 0.15f, 0.5f, new float[Arm.COUNT]),
                frontier(random),
                BaselineDecision.SKIP,
                new Provenance("t1 random table", seed, 0, 0, List.of(), Map.of("hard_nl_entropy_cut", 2.5)),
                List.of());
        final RouterArtifact scaled = withOutputs(unscaled, scaled(unscaled));
        return scaled.withGolden(GoldenVectors.of(scaled, seed, GOLDEN));
    }

    /**
     * Feature rows for a table: most inside its knots, one value in eight an edge: a knot, its float32 neighbours,
     * NaN, an infinity, a zero of either sign, the least and the greatest float32.
     *
     * @return {@code rows[query][feature]}.
     */
    public static float[][] features(final long seed, final RouterArtifact artifact, final int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[][] rows = new float[count][artifact.features().size()];
        for (final float[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                final float[] knots = artifact.features().get(f).knots();
                final float first = knots[0];
                final float last = knots[knots.length - 1];
                row[f] = random.nextInt(8) == 0
                        ? edge(random, knots)
                        : first + (last - first) * (1.1f * (float) random.nextDouble() - 0.05f);
            }
        }
        return rows;
    }

    private static float edge(final SplittableRandom random, final float[] knots) {
        final float knot = knots[random.nextInt(knots.length)];
        return switch (random.nextInt(10)) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> Float.NEGATIVE_INFINITY;
            case 3 -> -0.0f;
            case 4 -> 0.0f;
            case 5 -> random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
            case 6 -> random.nextBoolean() ? Float.MIN_VALUE : -Float.MIN_VALUE;
            case 7 -> Math.nextUp(knot);
            case 8 -> Math.nextDown(knot);
            default -> knot;
        };
    }

    private static FeatureSpec feature(final Range range, final SplittableRandom random) {
        final double[] widths = new double[FeatureSpec.KNOTS - 1];
        double sum = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = 0.1 + random.nextDouble();
            sum += widths[i];
        }
        final float[] knots = new float[FeatureSpec.KNOTS];
        double at = 0;
        for (int i = 0; i < widths.length; i++) {
            knots[i] = (float) (range.lo() + (range.hi() - range.lo()) * at / sum);
            at += widths[i];
        }
        knots[widths.length] = range.hi();
        return new FeatureSpec(range.name(), range.unit(), random.nextInt(256), knots);
    }

    private static OutputSpec output(
            final OutputName name,
            final List<FeatureSpec> features,
            final List<MonotoneConstraint> monotone,
            final SplittableRandom random) {
        final byte[][] values = new byte[features.size()][FeatureSpec.KNOTS];
        for (int f = 0; f < values.length; f++) {
            random.nextBytes(values[f]);
            order(
                    values[f],
                    0,
                    1,
                    FeatureSpec.KNOTS,
                    sign(monotone, features.get(f).name(), name));
        }
        return new OutputSpec(name, random.nextInt(-50_000, 50_001), 0, 1, 0, 0, values);
    }

    private static List<PairSpec> pairs(
            final int count,
            final List<FeatureSpec> features,
            final int outputs,
            final List<MonotoneConstraint> monotone,
            final SplittableRandom random) {
        final List<int[]> candidates = new ArrayList<>();
        for (int g = 1; g < features.size(); g++) {
            for (int f = 0; f < g; f++) {
                candidates.add(new int[] {f, g});
            }
        }
        final List<PairSpec> pairs = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            Collections.swap(candidates, p, random.nextInt(p, candidates.size()));
            final int first = candidates.get(p)[0];
            final int second = candidates.get(p)[1];
            final byte[][] grids = new byte[outputs][PairSpec.LINES * PairSpec.LINES];
            for (int o = 0; o < outputs; o++) {
                random.nextBytes(grids[o]);
                final OutputName name = OutputName.values()[o];
                // ordering the lines one way leaves an order of the other way intact
                for (int line = 0; line < PairSpec.LINES; line++) {
                    order(
                            grids[o],
                            line,
                            PairSpec.LINES,
                            PairSpec.LINES,
                            sign(monotone, features.get(first).name(), name));
                }
                for (int line = 0; line < PairSpec.LINES; line++) {
                    order(
                            grids[o],
                            PairSpec.LINES * line,
                            1,
                            PairSpec.LINES,
                            sign(monotone, features.get(second).name(), name));
                }
            }
            pairs.add(new PairSpec(first, second, grids));
        }
        return List.copyOf(pairs);
    }

    private static int sign(final List<MonotoneConstraint> monotone, final String feature, final OutputName output) {
        for (final MonotoneConstraint constraint : monotone) {
            if (constraint.feature().equals(feature) && constraint.output() == output) {
                return constraint.direction() == MonotoneConstraint.Direction.INCREASING ? 1 : -1;
            }
        }
        return 0;
    }

    /** Sorts {@code values[from + i * step]} upwards, downwards, or not at all. */
    private static void order(final byte[] values, final int from, final int step, final int count, final int sign) {
        for (int i = 1; sign != 0 && i < count; i++) {
            for (int j = i; j > 0; j--) {
                final int here = from + j * step;
                final int before = here - step;
                if (sign * values[before] > sign * values[here]) {
                    final byte swapped = values[before];
                    values[before] = values[here];
                    values[here] = swapped;
                }
            }
        }
    }

    private static List<FrontierPoint> frontier(final SplittableRandom random) {
        final List<FrontierPoint> points = new ArrayList<>();
        float cost = 0;
        for (final Arm arm : List.of(Arm.CHEAP, Arm.FULL)) {
            for (int i = 0; i < 3; i++) {
                cost += 0.5f + 4 * (float) random.nextDouble();
                points.add(
                        new FrontierPoint(arm, 104 + 4 * i, 80 + 8 * i, (arm == Arm.CHEAP ? 10 : 50) * (i + 1), cost));
            }
        }
        return List.copyOf(points);
    }

    /** Steps that spread each output over a little more than its range, so that clamping is met too. */
    private static List<OutputSpec> scaled(final RouterArtifact artifact) {
        final List<OutputSpec> outputs = new ArrayList<>();
        for (int o = 0; o < artifact.outputs().size(); o++) {
            final OutputSpec output = artifact.outputs().get(o);
            final AccumulatorRange range = AccumulatorRange.of(artifact, o);
            final float lo = OUTPUT_RANGES[o][0];
            final float hi = OUTPUT_RANGES[o][1];
            final double scale = 1.5 * (hi - lo) / Math.max(1, range.most() - range.least());
            final double offset = (lo + hi) / 2 - scale * (range.least() + range.most()) / 2;
            outputs.add(new OutputSpec(
                    output.name(), output.bias(), (float) offset, (float) scale, lo, hi, output.values()));
        }
        return List.copyOf(outputs);
    }

    private static RouterArtifact withOutputs(final RouterArtifact artifact, final List<OutputSpec> outputs) {
        return new RouterArtifact(
                artifact.key(),
                artifact.features(),
                outputs,
                artifact.pairs(),
                artifact.monotone(),
                artifact.gate(),
                artifact.frontier(),
                artifact.baseline(),
                artifact.provenance(),
                artifact.golden());
    }

    private static void requireRange(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " not in " + least + ".." + most);
        }
    }
}
