package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.statistics.IsotonicRegression;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.MonotoneCertificate;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Students of targets whose irreducible error is known: the variance of the noise in them. */
class StudentKnownAnswersTest {
    private static final List<String> NAMES = List.of("entropy", "query_length", "nl_confidence");
    private static final List<FrontierPoint> FRONTIER =
            List.of(new FrontierPoint(Arm.CHEAP, 0, 20, 20, 1), new FrontierPoint(Arm.FULL, 100, 100, 50, 3));
    private static final int QUERIES = 12_000;
    private static final double NOISE = 0.2;
    private static final double STEP = 0.4;
    private static final double WITHIN = 1.02;

    @Test
    void reachesTheIrreducibleErrorOfAMonotoneSum() {
        assertReached(
                FidelityStep.INT8, OutputName.TAU, x -> 0.2 * x[0] * x[0] + 0.3 * Math.log(1 + x[1]) - 0.4 * x[2]);
    }

    /** By its height in standard deviations of the noise. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3, 4, 6})
    void reachesTheIrreducibleErrorOfAStep(final double deviations) {
        for (final double place : new double[] {0.4, 1.2, 1.83}) {
            assertReached(FidelityStep.INT8, OutputName.TAU, x -> x[0] > place ? 0.3 + STEP : 0.3, STEP / deviations);
        }
    }

    @Test
    void reachesTheIrreducibleErrorOfAnInteractionWithAPair() {
        assertReached(FidelityStep.PAIRS, OutputName.SCORE, x -> 0.2 * x[0] + 0.3 * (x[0] - 1) * (x[2] - 0.5) * 2);
    }

    @Test
    void learnsNothingFromNoise() {
        assertReached(FidelityStep.INT8, OutputName.SCORE, x -> 0.4);
        assertReached(FidelityStep.PAIRS, OutputName.SCORE, x -> 0.4);
    }

    @Test
    void aThousandRandomDataSetsBreakNoConstraint() {
        for (int seed = 0; seed < 1_000; seed++) {
            final SplittableRandom random = new SplittableRandom(7_919L * seed);
            final int n = 20 + random.nextInt(60);
            final float[][] rows = new float[n][NAMES.size()];
            for (final float[] row : rows) {
                for (int f = 0; f < row.length; f++) {
                    row[f] = random.nextInt(10) == 0 ? Float.NaN : (float) (random.nextInt(4) + random.nextGaussian());
                }
            }
            final double[][] taught = new double[OutputName.values().length][];
            for (int o = 0; o < taught.length; o++) {
                taught[o] = random.doubles(n, 0, 1 + o).toArray();
                for (int q = 0; q < n; q++) {
                    taught[o][q] -= Float.isNaN(rows[q][0]) ? 0 : 0.3 * rows[q][0]; // against the direction
                }
            }
            final Student student = fit(rows, taught, seed % 3);
            for (final TableBody body : List.of(student.plain(), student.paired())) {
                final MonotoneCertificate found = MonotoneCertificate.of(TableDraft.of(
                        student,
                        body,
                        new Distillation.Recipe(DistilSettings.standard(), FRONTIER, ForestSettings.STANDARD)));
                assertTrue(found.holds(), "seed=" + seed + ": " + found.violations());
            }
        }
    }

    /** Rows enough for shapes to jump, up where they must rise and down where they mustn't. */
    @Test
    void jumpsBreakNoConstraint() {
        for (int seed = 0; seed < 20; seed++) {
            final SplittableRandom random = new SplittableRandom(104_729L * seed);
            final int n = 3_000;
            final float[][] rows = new float[n][NAMES.size()];
            final double[][] taught = new double[OutputName.values().length][n];
            final double place = 0.3 + 0.4 * random.nextDouble();
            for (int q = 0; q < n; q++) {
                for (int f = 0; f < rows[q].length; f++) {
                    rows[q][f] = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextDouble();
                }
                for (int o = 0; o < taught.length; o++) {
                    final boolean after = rows[q][(seed + o) % NAMES.size()] > place;
                    taught[o][q] = (after ? o % 2 == 0 ? 0.8 : 0.2 : 0.5) + 0.05 * random.nextGaussian();
                }
            }
            final Student student = fit(rows, taught, 0);
            final MonotoneCertificate found = MonotoneCertificate.of(TableDraft.of(
                    student,
                    student.plain(),
                    new Distillation.Recipe(DistilSettings.standard(), FRONTIER, ForestSettings.STANDARD)));
            assertTrue(found.holds(), "seed=" + seed + ": " + found.violations());
        }
    }

    private static void assertReached(
            final FidelityStep step, final OutputName output, final ToDoubleFunction<double[]> truth) {
        assertReached(step, output, truth, NOISE);
    }

    private static void assertReached(
            final FidelityStep step,
            final OutputName output,
            final ToDoubleFunction<double[]> truth,
            final double noise) {
        final SplittableRandom random = new SplittableRandom(11);
        final float[][] rows = rows(random);
        final double[][] taught = new double[OutputName.values().length][QUERIES];
        taught[output.ordinal()] = noisy(rows, truth, noise, random);
        final Student student = fit(rows, taught, 2);
        final float[][] unseen = rows(random);
        final double[] outcomes = noisy(unseen, truth, noise, random);
        final OutputModel model = student.steps().get(step);
        final double[] said = model == null ? new double[0] : model.at(unseen)[output.ordinal()];
        double error = 0;
        double irreducible = 0;
        for (int q = 0; q < QUERIES; q++) {
            error += Math.pow(said[q] - outcomes[q], 2) / QUERIES;
            irreducible += Math.pow(outcomes[q] - truth.applyAsDouble(widened(unseen[q])), 2) / QUERIES;
        }
        assertTrue(error <= WITHIN * irreducible, "error=" + error + " > " + WITHIN + " * " + irreducible);
    }

    private static Student fit(final float[][] rows, final double[][] taught, final int mostPairs) {
        final int n = rows.length;
        final double[] ones = new double[n];
        Arrays.fill(ones, 1);
        final double[] score = taught[OutputName.SCORE.ordinal()];
        final double[] gain = taught[OutputName.EXPECTED_GAIN.ordinal()];
        final Targets targets = new Targets(
                0.01,
                IsotonicRegression.fit(score, score),
                new int[n],
                taught[OutputName.TAU.ordinal()],
                taught[OutputName.SPEND_CAP_MS.ordinal()],
                taught[OutputName.SPEND_CAP_MS.ordinal()],
                taught[OutputName.MIN_CONF_GAIN.ordinal()],
                score,
                gain,
                ones);
        // what is measured is what smoothing is chosen by
        final MeasuredArms measured = new MeasuredArms(
                new double[][] {new double[n], gain, score}, new double[][] {new double[n], ones, ones});
        return Student.fit(
                new TrainingSet(NAMES, rows, measured),
                new Expectations(score, gain, gain, ones, ones, ones),
                targets,
                taught,
                FRONTIER,
                mostPairs);
    }

    private static float[][] rows(final SplittableRandom random) {
        final float[][] rows = new float[QUERIES][];
        for (int q = 0; q < QUERIES; q++) {
            rows[q] = new float[] {
                (float) (2.3 * random.nextDouble()), 1 + random.nextInt(20), (float) random.nextDouble()
            };
        }
        return rows;
    }

    private static double[] noisy(
            final float[][] rows,
            final ToDoubleFunction<double[]> truth,
            final double noise,
            final SplittableRandom random) {
        return Arrays.stream(rows)
                .mapToDouble(row -> truth.applyAsDouble(widened(row)) + noise * random.nextGaussian())
                .toArray();
    }

    private static double[] widened(final float[] row) {
        return new double[] {row[0], row[1], row[2]};
    }
}
