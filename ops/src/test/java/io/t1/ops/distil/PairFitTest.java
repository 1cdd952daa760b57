package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairFitTest {
    private static final int QUERIES = 4_000;
    private static final int FEATURES = 5;

    private final byte[][] codes = codes();
    private final double[] weights = filled(1);

    @Test
    void findsTheTwoFeaturesThatActTogether() {
        final double[] left = interaction();
        final List<PairFit.Pair> chosen = PairFit.choose(codes, List.of(free(left, variance(left))), weights, 8);
        assertEquals(new PairFit.Pair(1, 3), chosen.getFirst());
        final SplittableRandom random = new SplittableRandom(4);
        final double[] noise = random.doubles(QUERIES, -1, 1).toArray();
        final var ofNoise = PairFit.choose(codes, List.of(free(noise, 1e3)), weights, 8);
        assertTrue(ofNoise.isEmpty(), "noise explains nothing: " + ofNoise);
    }

    @Test
    void givesNoPairToAFeaturesTwinThatSaysTheSame() {
        final double[] left = interaction();
        final SplittableRandom random = new SplittableRandom(9);
        for (int q = 0; q < QUERIES; q++) {
            codes[q][0] = (byte) Math.clamp((codes[q][3] & 0xFF) + random.nextInt(-8, 9), 0, 255);
            left[q] += 0.3 * ((codes[q][2] & 0xFF) - 127.5) * ((codes[q][4] & 0xFF) - 127.5) / 127.5 / 127.5;
        }
        final List<PairFit.Pair> chosen = PairFit.choose(codes, List.of(free(left, variance(left))), weights, 2);
        assertEquals(
                List.of(new PairFit.Pair(1, 3), new PairFit.Pair(2, 4)), chosen, "0 with 1 is as good as 1 with 3");
    }

    @Test
    void followsAnInteractionThatNoSumOfShapesCan() {
        final double[] left = interaction();
        final List<PairFit.Pair> pairs = List.of(new PairFit.Pair(0, 2), new PairFit.Pair(1, 3));
        final double[] fitted =
                PairFit.at(codes, pairs, PairGram.of(codes, pairs, weights).fit(left));
        double squares = 0;
        for (int q = 0; q < QUERIES; q++) {
            squares += Math.pow(fitted[q] - left[q], 2) / QUERIES;
        }
        assertTrue(squares < 0.05 * variance(left), "mean square=" + squares + " of " + variance(left));
    }

    @Test
    void choosesPairsForAllTargetsAndNoneThatATargetKeepsADirectionIn() {
        final double[] one = interaction(1, 3);
        final double[] other = interaction(0, 2);
        final double[] third = interaction(2, 4);
        final int[] rising = {0, 0, 0, 0, Directions.RISES};
        final List<PairFit.Pair> chosen = PairFit.choose(
                codes,
                List.of(
                        free(one, 4 * variance(one)),
                        free(other, variance(other)),
                        new PairFit.Target(third, variance(third), rising)),
                weights,
                8);
        assertEquals(
                List.of(new PairFit.Pair(0, 2), new PairFit.Pair(1, 3)), chosen, "by share of a target's variance");
    }

    @Test
    void aTableWithPairsKeepsTheGridsOfDirectedOutputsAtZeroAndSaysWhatWasFitted() {
        final double[][] wanted = new double[5][];
        Arrays.fill(wanted, filled(0.25));
        wanted[OutputName.SCORE.ordinal()] = interaction();
        wanted[OutputName.SPEND_CAP_MS.ordinal()] = interaction();
        final int[][] directions = new int[5][FEATURES];
        directions[OutputName.TAU.ordinal()][1] = Directions.RISES;
        wanted[OutputName.TAU.ordinal()] = interaction();
        final List<OutputSpec> outputs = new ArrayList<>();
        for (final OutputName name : OutputName.values()) {
            final HatGram normal = HatGram.of(codes, wanted[name.ordinal()], weights);
            final AdditiveModel model = AdditiveFit.fit(normal, new int[FEATURES], 1e-3);
            outputs.add(Int8Rounding.round(name, model, normal, new int[FEATURES], -9, 9));
        }
        final TableBody plain = new TableBody(outputs, List.of());
        final double variance = variance(interaction());
        final double[] variances = {variance, variance, 0, variance, 0};
        final double[] smoothing = {1e-3, 1e-3, 1e-3, 1e-3, 1e-3};
        final TableBody paired = plain.withPairs(codes, wanted, wanted, variances, weights, directions, smoothing, 1);
        assertEquals(1, paired.pairs().getFirst().first());
        assertEquals(3, paired.pairs().getFirst().second());
        for (final OutputName name : List.of(OutputName.TAU, OutputName.MIN_CONF_GAIN, OutputName.EXPECTED_GAIN)) {
            assertArrayEquals(new byte[81], paired.pairs().getFirst().grids()[name.ordinal()], name.jsonName());
        }
        final double[][] said = new TableModel(identity(), paired).at(rows());
        for (final OutputName name : List.of(OutputName.SCORE, OutputName.SPEND_CAP_MS)) {
            double squares = 0;
            for (int q = 0; q < QUERIES; q++) {
                squares += Math.pow(said[name.ordinal()][q] - wanted[name.ordinal()][q], 2) / QUERIES;
            }
            assertTrue(squares < 0.06 * variance, name + ": mean square=" + squares + " of " + variance);
        }
        assertSame(
                plain,
                plain.withPairs(codes, wanted, wanted, new double[5], weights, new int[5][FEATURES], smoothing, 2));
    }

    private static PairFit.Target free(final double[] left, final double variance) {
        return new PairFit.Target(left, variance, new int[FEATURES]);
    }

    private double[] interaction() {
        return interaction(1, 3);
    }

    private double[] interaction(final int first, final int second) {
        final double[] values = new double[QUERIES];
        for (int q = 0; q < QUERIES; q++) {
            values[q] = ((codes[q][first] & 0xFF) - 127.5) * ((codes[q][second] & 0xFF) - 127.5) / 127.5 / 127.5;
        }
        return values;
    }

    /** Features whose codes are their values, 0 to 255. */
    private static List<FeatureSpec> identity() {
        final List<FeatureSpec> features = new ArrayList<>();
        for (int f = 0; f < FEATURES; f++) {
            final float[] knots = new float[FeatureSpec.KNOTS];
            for (int i = 0; i < knots.length; i++) {
                knots[i] = 16 * i;
            }
            features.add(new FeatureSpec("f" + f, "", 0, knots));
        }
        return features;
    }

    private float[][] rows() {
        final float[][] rows = new float[QUERIES][FEATURES];
        for (int q = 0; q < QUERIES; q++) {
            for (int f = 0; f < FEATURES; f++) {
                rows[q][f] = codes[q][f] & 0xFF;
            }
        }
        return rows;
    }

    private static byte[][] codes() {
        final SplittableRandom random = new SplittableRandom(2);
        final byte[][] codes = new byte[QUERIES][FEATURES];
        for (final byte[] row : codes) {
            random.nextBytes(row);
        }
        return codes;
    }

    private static double[] filled(final double value) {
        final double[] values = new double[QUERIES];
        Arrays.fill(values, value);
        return values;
    }

    private static double variance(final double[] values) {
        final double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    }
}
