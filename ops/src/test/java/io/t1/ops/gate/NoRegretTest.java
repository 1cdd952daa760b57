package io.t1.ops.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoRegretTest {
    private static final int QUERIES = 2_000;

    @Test
    void theSamePolicyHasNoRegret() {
        final byte[] arms = arms(0);
        final NoRegret found = NoRegret.of(measured(0), arms, arms);
        assertTrue(found.passed());
        assertEquals(1, found.agreement());
        assertEquals(0, found.difference().estimate());
        assertEquals(QUERIES, found.queriesNeeded());
    }

    @Test
    void aStudentThatLosesIsCaught() {
        // FULL gains 0.1 for each query; the student gives it to 600 fewer
        final NoRegret found = NoRegret.of(measured(0.1), arms(600), arms(1_200));
        assertEquals(NoRegret.Outcome.REGRET, found.outcome());
        assertEquals(-0.03, found.difference().estimate(), 1e-9);
        assertEquals(0.7, found.agreement(), 1e-9);
        assertEquals(600.0 / QUERIES * 3, found.studentCostMs(), 1e-9);
    }

    @Test
    void noiseIsInconclusiveAndSaysHowManyQueriesItTakes() {
        final SplittableRandom random = new SplittableRandom(1);
        final MeasuredArms measured = measured(0);
        for (int q = 0; q < QUERIES; q++) {
            measured.ndcg10()[2][q] = 0.5 + 0.2 * (2 * random.nextInt(2) - 1);
        }
        final NoRegret found = NoRegret.of(measured, arms(1_000), arms(1_200));
        assertEquals(NoRegret.Outcome.INCONCLUSIVE, found.outcome());
        // 10 % of queries differ, by 0.2: (1.6449 + 0.8416)^2 * 0.1 * 0.2^2 / 0.0005^2
        assertEquals(98_920, (double) found.queriesNeeded(), 1_500);
        assertTrue(found.toString().contains("no regret: INCONCLUSIVE"), found.toString());
    }

    private static byte[] arms(final int full) {
        final byte[] arms = new byte[QUERIES];
        for (int q = 0; q < full; q++) {
            arms[q] = 2;
        }
        return arms;
    }

    private static MeasuredArms measured(final double gain) {
        final double[][] ndcg10 = new double[3][QUERIES];
        final double[][] latencyMs = new double[3][QUERIES];
        for (int q = 0; q < QUERIES; q++) {
            for (int arm = 0; arm < 3; arm++) {
                ndcg10[arm][q] = 0.5 + (arm == 2 ? gain : 0);
                latencyMs[arm][q] = 1 + 1.5 * arm;
            }
        }
        return new MeasuredArms(ndcg10, latencyMs);
    }
}
