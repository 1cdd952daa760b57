package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdditiveFitTest {
    private static final int FEATURES = 3;
    private static final int[] DIRECTIONS = {1, -1, 0};

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @Test
    void findsAMonotoneAdditiveFunctionAgain() {
        final SplittableRandom random = new SplittableRandom(1);
        final byte[][] codes = codes(20_000, random);
        final double[] target = Arrays.stream(codes)
                .mapToDouble(code -> Math.pow((code[0] & 0xFF) / 255.0, 2)
                        - ((code[1] & 0xFF) > 128 ? 0.5 : 0)
                        + Math.sin((code[2] & 0xFF) / 40.0))
                .toArray();
        final AdditiveModel model = AdditiveFit.fit(HatGram.of(codes, target, ones(codes.length)), DIRECTIONS, 1e-7);
        double worst = 0;
        double squares = 0;
        for (int q = 0; q < codes.length; q++) {
            final double error = Math.abs(model.at(codes[q]) - target[q]);
            worst = Math.max(worst, Math.abs((codes[q][1] & 0xFF) - 128) > 16 ? error : 0);
            squares += error * error / codes.length;
        }
        assertTrue(worst < 0.06, "worst=" + worst); // away from the jump, which no straight piece follows
        assertTrue(squares < 4e-3, "mean square=" + squares);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverBreaksADirectionAndNoAllowedStepDoesBetter(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int n = 30 + random.nextInt(200);
        final byte[][] codes = codes(n, random);
        final double[] target = random.doubles(n, -1, 1).toArray();
        for (int q = 0; q < n; q++) {
            target[q] -= (codes[q][0] & 0xFF) / 200.0; // leaning against the direction
        }
        final double[] weights = random.doubles(n, 0, 2).toArray();
        final HatGram normal = HatGram.of(codes, target, weights);
        final AdditiveModel model = AdditiveFit.fit(normal, DIRECTIONS, 1e-3);
        assertKeepsDirections(model, "seed=" + seed);

        final double least = objective(codes, target, weights, model, 1e-3);
        for (int trial = 0; trial < 200; trial++) {
            final int f = random.nextInt(FEATURES);
            final int from = 1 + random.nextInt(16);
            final double by = 0.01 * (random.nextInt(2) == 0 ? 1 : -1);
            final double[][] knots =
                    Arrays.stream(model.knots()).map(double[]::clone).toArray(double[][]::new);
            for (int i = from; i < 17; i++) {
                knots[f][i] += by;
            }
            final boolean allowed = DIRECTIONS[f] * (knots[f][from] - knots[f][from - 1]) >= 0;
            if (allowed) {
                final AdditiveModel rival = centred(codes, weights, target, knots);
                assertTrue(
                        objective(codes, target, weights, rival, 1e-3) >= least - 1e-9,
                        "seed=" + seed + ", trial=" + trial);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundingKeepsDirectionsAndStaysWithinAStep(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[][] codes = codes(300, random);
        final double[] target = random.doubles(300, -1, 1).toArray();
        final HatGram normal = HatGram.of(codes, target, ones(300));
        final AdditiveModel model = AdditiveFit.fit(normal, DIRECTIONS, 1e-4);
        final OutputSpec output = Int8Rounding.round(OutputName.TAU, model, normal, DIRECTIONS, -9, 9);
        double error = 0;
        for (final byte[] code : codes) {
            double pieces = 0;
            for (int f = 0; f < FEATURES; f++) {
                final int c = code[f] & 0xFF;
                final byte[] k = output.values()[f];
                pieces += (16 - (c & 15)) * k[c >> 4] + (c & 15) * k[(c >> 4) + 1];
            }
            final double value = output.offset() + output.scale() * (64 * pieces + output.bias());
            error += Math.pow(value - model.at(code), 2) / codes.length;
        }
        final double step = 1024 * output.scale();
        assertTrue(Math.sqrt(error) < step / 2, "seed=" + seed + ", error=" + Math.sqrt(error) + ", step=" + step);
        for (int i = 1; i < 17; i++) {
            assertTrue(output.values()[0][i] >= output.values()[0][i - 1], "seed=" + seed);
            assertTrue(output.values()[1][i] <= output.values()[1][i - 1], "seed=" + seed);
        }
    }

    @Test
    void aConstantTargetGivesAConstantTable() {
        final byte[][] codes = codes(100, new SplittableRandom(1));
        final double[] target = new double[100];
        Arrays.fill(target, 0.3);
        final HatGram normal = HatGram.of(codes, target, ones(100));
        final OutputSpec output = Int8Rounding.round(
                OutputName.SCORE, AdditiveFit.fit(normal, DIRECTIONS, 1e-3), normal, DIRECTIONS, 0, 1);
        assertEquals(0.3, output.offset(), 1e-6);
        assertTrue(output.scale() > 0);
    }

    private static void assertKeepsDirections(final AdditiveModel model, final String message) {
        for (int i = 1; i < 17; i++) {
            assertTrue(model.knots()[0][i] >= model.knots()[0][i - 1], message);
            assertTrue(model.knots()[1][i] <= model.knots()[1][i - 1], message);
        }
    }

    private static double objective(
            final byte[][] codes,
            final double[] target,
            final double[] weights,
            final AdditiveModel model,
            final double smoothing) {
        double loss = 0;
        final double total = Arrays.stream(weights).sum();
        for (int q = 0; q < codes.length; q++) {
            loss += weights[q] / total * Math.pow(target[q] - model.at(codes[q]), 2);
        }
        for (final double[] knots : model.knots()) {
            for (int j = 0; j < 16; j++) {
                final double step = knots[j + 1] - knots[j];
                loss += 0.1 * smoothing * step * step;
                loss += j < 15 ? smoothing * Math.pow(knots[j + 2] - knots[j + 1] - step, 2) : 0;
            }
        }
        return loss;
    }

    /** The best intercept for given knots. */
    private static AdditiveModel centred(
            final byte[][] codes, final double[] weights, final double[] target, final double[][] knots) {
        final AdditiveModel without = new AdditiveModel(0, knots);
        double sum = 0;
        double total = 0;
        for (int q = 0; q < codes.length; q++) {
            sum += weights[q] * (target[q] - without.at(codes[q]));
            total += weights[q];
        }
        return new AdditiveModel(sum / total, knots);
    }

    private static byte[][] codes(final int n, final SplittableRandom random) {
        final byte[][] codes = new byte[n][FEATURES];
        for (final byte[] row : codes) {
            random.nextBytes(row);
        }
        return codes;
    }

    private static double[] ones(final int n) {
        final double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
