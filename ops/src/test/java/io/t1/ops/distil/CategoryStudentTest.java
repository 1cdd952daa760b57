package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.codec.CategoryValue;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.statistics.IsotonicRegression;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Students of a target that a category decides, of which the irreducible error is known: the variance of the noise. */
class CategoryStudentTest {
    private static final int QUERIES = 6_000;
    private static final double NOISE = 0.2;
    private static final double WITHIN = 1.02;

    /** Neighbours in the table's order have values as far apart as can be: nothing may be smoothed across them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 15})
    void reachesTheIrreducibleErrorOfAFunctionOfTheCategory(final int count) {
        final List<String> categories = categories(count);
        final SplittableRandom random = new SplittableRandom(5);
        final float[][] rows = rows(categories, random);
        final double[] target = noisy(rows, categories, random);
        final Student student = fit(rows, target, categories);
        final float[][] unseen = rows(categories, random);
        final double[] outcomes = noisy(unseen, categories, random);
        for (final FidelityStep step : List.of(FidelityStep.SHAPES, FidelityStep.REFIT, FidelityStep.INT8)) {
            final OutputModel model = Objects.requireNonNull(student.steps().get(step));
            final double[] said = model.at(unseen)[OutputName.SCORE.ordinal()];
            double error = 0;
            double irreducible = 0;
            for (int q = 0; q < QUERIES; q++) {
                error += Math.pow(said[q] - outcomes[q], 2) / QUERIES;
                irreducible += Math.pow(outcomes[q] - truth(unseen[q], categories), 2) / QUERIES;
            }
            assertTrue(error <= WITHIN * irreducible, step + ": " + error + " > " + WITHIN + " * " + irreducible);
        }
    }

    @Test
    void aCategoryThatNoQueryHadSaysWhatQueriesSayOnAverage() {
        final List<String> categories = categories(3);
        final SplittableRandom random = new SplittableRandom(9);
        final float[][] rows = rows(categories, random);
        for (final float[] row : rows) {
            row[1] = Float.isNaN(row[1]) || row[1] == CategoryValue.OTHER
                    ? CategoryValue.of(categories.getFirst())
                    : row[1];
        }
        final double[] target = noisy(rows, categories, random);
        final Student student = fit(rows, target, categories);
        final float[][] unknown = {{0.5f, Float.NaN}, {0.5f, CategoryValue.OTHER}};
        final double[] said =
                new TableModel(student.features(), student.plain()).at(unknown)[OutputName.SCORE.ordinal()];
        final double mean = Arrays.stream(target).average().orElse(0);
        assertEquals(mean, said[0], 0.02);
        assertEquals(said[0], said[1]);
    }

    private static List<String> categories(final int count) {
        return CategoryKnots.feature(
                        "client",
                        IntStream.range(0, count).mapToObj(i -> "client-" + i).toList())
                .categories();
    }

    private static double truth(final float[] row, final List<String> categories) {
        final int at = IntStream.range(0, categories.size())
                .filter(i -> CategoryValue.of(categories.get(i)) == row[1])
                .findFirst()
                .orElse(categories.size());
        return (at % 2 == 0 ? 0.3 : 0.7) + 0.01 * at + 0.1 * row[0];
    }

    /** A number, and a category: one in ten another, one in twenty missing. */
    private static float[][] rows(final List<String> categories, final SplittableRandom random) {
        final float[][] rows = new float[QUERIES][];
        for (int q = 0; q < QUERIES; q++) {
            final int draw = random.nextInt(20);
            final float category = draw == 0
                    ? Float.NaN
                    : draw < 3
                            ? CategoryValue.OTHER
                            : CategoryValue.of(categories.get(random.nextInt(categories.size())));
            rows[q] = new float[] {(float) random.nextDouble(), category};
        }
        return rows;
    }

    private static double[] noisy(final float[][] rows, final List<String> categories, final SplittableRandom random) {
        return Arrays.stream(rows)
                .mapToDouble(row -> truth(row, categories) + NOISE * random.nextGaussian())
                .toArray();
    }

    private static Student fit(final float[][] rows, final double[] target, final List<String> categories) {
        final int n = rows.length;
        final double[] ones = new double[n];
        Arrays.fill(ones, 1);
        final double[] none = new double[n];
        final Targets targets = new Targets(
                0.01, IsotonicRegression.fit(target, target), new int[n], none, none, none, none, target, target, ones);
        final MeasuredArms measured =
                new MeasuredArms(new double[][] {none, target, target}, new double[][] {none, ones, ones});
        final double[][] taught = {none, none, none, target, target};
        return Student.fit(
                new TrainingSet(List.of("nqc", "client"), Map.of("client", categories), rows, measured),
                new Expectations(target, target, target, ones, ones, ones),
                targets,
                taught,
                List.of(new FrontierPoint(Arm.CHEAP, 0, 20, 20, 1), new FrontierPoint(Arm.FULL, 100, 100, 50, 3)),
                0);
    }
}
