package io.t1.ops.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {
    @Test
    void ofAPerfectScoreChanceAloneShowsWhatTheReferenceSays() {
        // statistics reference: n=1000, 15 bins, a perfect model: mean .0387, 95th percentile .0527
        double raw = 0;
        double debiased = 0;
        final int runs = 60;
        CalibrationError last = of(1_000, 0, 0);
        for (int run = 0; run < runs; run++) {
            last = of(1_000, run, 0);
            raw += last.raw() / runs;
            debiased += last.debiased() / runs;
        }
        assertEquals(0.0387, raw, 0.003);
        assertEquals(0.0387, last.nullMean(), 0.002);
        assertEquals(0.0527, last.nullMost(), 0.003);
        assertTrue(debiased < 0.006, "debiased=" + debiased);
    }

    @Test
    void aScoreThatIsTooHighByATenthIsFoundSo() {
        double raw = 0;
        int covered = 0;
        for (int seed = 0; seed < 20; seed++) {
            final CalibrationError found = of(5_000, seed, 0.1);
            raw += found.raw() / 20;
            covered += found.lo() < 0.1 && 0.1 < found.hi() ? 1 : 0;
        }
        assertEquals(0.1, raw, 0.004);
        assertTrue(covered >= 16, "covered=" + covered);
        final CalibrationError found = of(20_000, 3, 0.1);
        assertEquals(found, of(20_000, 3, 0.1), "the same call gives the same figures");
    }

    @Test
    void theIntervalDecidesAgainstALimit() {
        assertEquals(CalibrationError.Outcome.FAILED, of(20_000, 3, 0.1).against(0.01));
        assertEquals(CalibrationError.Outcome.PASSED, of(20_000, 3, 0.1).against(0.2));
        assertEquals(CalibrationError.Outcome.PASSED, of(60_000, 3, 0).against(0.01));
        assertEquals(
                CalibrationError.Outcome.INCONCLUSIVE,
                of(1_000, 3, 0).against(0.01),
                "of 1,000 queries a perfect score's own figure spreads over more than the limit");
    }

    @Test
    void ofScoresThatAreCertainAndRightIsNothing() {
        final double[] both = new double[300];
        for (int i = 0; i < 300; i++) {
            both[i] = i % 2;
        }
        final CalibrationError found = CalibrationError.of(both, both, 1);
        assertEquals(0, found.raw());
        assertEquals(0, found.hi());
    }

    private static CalibrationError of(final int n, final long seed, final double tooHigh) {
        final SplittableRandom random = new SplittableRandom(7_919 * seed + 13);
        final double[] chances = new double[n];
        final double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            final double chance = tooHigh + (1 - tooHigh) * random.nextDouble();
            chances[i] = chance;
            labels[i] = random.nextDouble() < chance - tooHigh ? 1 : 0;
        }
        return CalibrationError.of(chances, labels, 1);
    }
}
