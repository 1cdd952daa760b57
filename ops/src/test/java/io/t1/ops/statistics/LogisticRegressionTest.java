package io.t1.ops.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    @Test
    void ofTwoGroupsGivesTheirShares() {
        final float[][] rows = new float[100][1];
        final double[] labels = new double[100];
        for (int i = 0; i < 100; i++) {
            rows[i][0] = i < 40 ? 0 : 1;
            labels[i] = i < 10 || i >= 55 ? 1 : 0; // 10 of 40, 45 of 60
        }
        final LogisticRegression model = LogisticRegression.fit(rows, labels, 0);
        assertEquals(0.25, model.at(new float[] {0}), 1e-9);
        assertEquals(0.75, model.at(new float[] {1}), 1e-9);
        assertEquals(0.55, LogisticRegression.fit(rows, labels, 1e12).at(new float[] {0}), 1e-6, "a ridge flattens");
    }

    @Test
    void givesTheChancesOfHoursOfStudyAndPassing() {
        // a textbook's twenty students; coefficients -4.0777 and 1.5046 by maximum likelihood
        final float[] hours = {
            0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 1.75f, 2, 2.25f, 2.5f, 2.75f, 3, 3.25f, 3.5f, 4, 4.25f, 4.5f, 4.75f, 5,
            5.5f
        };
        final double[] passed = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
        final float[][] rows = new float[20][1];
        for (int i = 0; i < 20; i++) {
            rows[i][0] = hours[i];
        }
        final LogisticRegression model = LogisticRegression.fit(rows, passed, 0);
        for (final float x : new float[] {1, 2, 3, 4, 5}) {
            assertEquals(1 / (1 + Math.exp(4.0777 - 1.5046 * x)), model.at(new float[] {x}), 1e-4, "hours=" + x);
        }
    }

    @Test
    void standsSeparatedClassesConstantColumnsAndMissingValues() {
        final float[][] rows = new float[50][3];
        final double[] labels = new double[50];
        for (int i = 0; i < 50; i++) {
            rows[i] = new float[] {i, 7, i % 5 == 0 ? Float.NaN : i};
            labels[i] = i < 25 ? 0 : 1;
        }
        final LogisticRegression model = LogisticRegression.fit(rows, labels, 1);
        assertTrue(model.at(rows[0]) < 0.1);
        assertTrue(model.at(rows[49]) > 0.9);
    }
}
