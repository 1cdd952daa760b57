package io.t1.gating;

import static io.t1.codec.Arm.CHEAP;
import static io.t1.codec.Arm.FULL;
import static io.t1.codec.Arm.SKIP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.router.artifact.GateSpec;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    /** At tau 0.5 the bar is 0.5, the CHEAP band reaches down to 0.25. */
    private final Gate gate = gate(0.5f, 0.25f, 0.5f);

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, FULL",
        "0.49999997, 0.5, CHEAP",
        "0.25, 0.5, CHEAP",
        "0.24999999, 0.5, SKIP",
        "0.25, 0.75, FULL",
        "0.24999999, 0.75, CHEAP",
        "0.75, 0.25, FULL",
        "0.7, 0.25, CHEAP",
        "0.4999, 0.25, SKIP",
    })
    void lowersTheBarByWhatTauClaimsAboveItsMean(final float score, final float tau, final Arm expected) {
        assertEquals(expected, arm(gate, score, tau));
    }

    @Test
    void aBarOutsideZeroToOneOpensOrClosesTheGateForAll() {
        for (final float score : new float[] {0, 0.5f, 1}) {
            assertEquals(FULL, arm(gate(-3, 0, 0.5f), score, 0));
            assertEquals(SKIP, arm(gate(3, 0.1f, 0.5f), score, 1));
        }
    }

    @Test
    void hasNoCheapBandWithoutDelta() {
        final Gate sharp = gate(0.5f, 0, 0.5f);
        assertEquals(FULL, arm(sharp, 0.5f, 0.5f));
        assertEquals(SKIP, arm(sharp, Math.nextDown(0.5f), 0.5f));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0.5, SKIP",
        "0.9, NaN, SKIP",
        "NaN, NaN, SKIP",
        "Infinity, 0.5, FULL",
        "-Infinity, 0.5, SKIP",
        "-0.0, 1, FULL",
        "0.0, 1, FULL",
    })
    void spendsNothingOnANaNAndComparesInfinitiesLikeNumbers(final float score, final float tau, final Arm expected) {
        assertEquals(expected, arm(gate, score, tau));
    }

    @Test
    void callsAGainLowOnlyWhenBothFiguresAreKnown() {
        assertTrue(Gate.isLowGain(0.009f, 0.01f));
        assertFalse(Gate.isLowGain(0.01f, 0.01f));
        assertFalse(Gate.isLowGain(Float.NaN, 0.01f));
        assertFalse(Gate.isLowGain(0.01f, Float.NaN));
        assertTrue(Gate.isLowGain(-0.0f, Float.MIN_VALUE));
        assertFalse(Gate.isLowGain(-0.0f, 0.0f));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neitherAHigherScoreNorAHigherTauEverLowersTheArm(final long seed) {
        final Random random = new Random(seed);
        for (int step = 0; step < 20_000; step++) {
            final Gate gate = gate(random.nextFloat(-0.5f, 1.5f), random.nextFloat() * 0.5f, random.nextFloat());
            final float score = random.nextFloat();
            final float tau = random.nextFloat();
            final float higherScore = random.nextBoolean() ? Math.nextUp(score) : random.nextFloat(score, 1.01f);
            final float higherTau = random.nextBoolean() ? Math.nextUp(tau) : random.nextFloat(tau, 1.01f);
            final int arm = gate.armByScore(score, tau);
            assertTrue(gate.armByScore(higherScore, tau) >= arm, "score, seed=" + seed + ", step=" + step);
            assertTrue(gate.armByScore(score, higherTau) >= arm, "tau, seed=" + seed + ", step=" + step);
        }
    }

    @Test
    void armCodesRiseWithCost() {
        assertTrue(SKIP.code() < CHEAP.code() && CHEAP.code() < FULL.code());
    }

    private static Arm arm(final Gate gate, final float score, final float tau) {
        return Arm.ofCode(gate.armByScore(score, tau));
    }

    private static Gate gate(final float thetaStar, final float delta, final float tauMean) {
        return Gate.of(new GateSpec(thetaStar, delta, tauMean, new float[3]));
    }
}
