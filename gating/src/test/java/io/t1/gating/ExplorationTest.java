package io.t1.gating;

import static io.t1.codec.Arm.CHEAP;
import static io.t1.codec.Arm.FULL;
import static io.t1.codec.Arm.SKIP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorationTest {
    private static final float[] EPSILON = {0.05f, 0.1f, 0.2f};
    /** CHEAP from 2 ms, FULL from 6 ms. */
    private static final Frontier FRONTIER = Frontier.of(
            List.of(new FrontierPoint(CHEAP, 1, 1, 1, 2), new FrontierPoint(FULL, 2, 2, 2, 6)), BaselineDecision.SKIP);

    private final Exploration exploration = Exploration.of(EPSILON);

    @ParameterizedTest
    @CsvSource({
        // cap 9: nothing is capped; 0.65 is left for the greedy arm
        "SKIP, 9, 0.7, 0.1, 0.2",
        "CHEAP, 9, 0.05, 0.75, 0.2",
        "FULL, 9, 0.05, 0.1, 0.85",
        // cap 3: FULL ends as CHEAP
        "SKIP, 3, 0.7, 0.3, 0",
        "CHEAP, 3, 0.05, 0.95, 0",
        "FULL, 3, 0.05, 0.95, 0",
        // cap 1: all end as SKIP
        "SKIP, 1, 1, 0, 0",
        "CHEAP, 1, 1, 0, 0",
        "FULL, 1, 1, 0, 0",
    })
    void givesTheChanceOfWhatWasDoneAfterTheCap(
            final Arm greedy, final float capMs, final float skip, final float cheap, final float full) {
        assertEquals(skip, exploration.propensity(SKIP.code(), greedy.code(), FRONTIER, capMs), 1e-6f);
        assertEquals(cheap, exploration.propensity(CHEAP.code(), greedy.code(), FRONTIER, capMs), 1e-6f);
        assertEquals(full, exploration.propensity(FULL.code(), greedy.code(), FRONTIER, capMs), 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void propensitiesSumToOneAndEqualAnEnumerationOfAllDraws(final long seed) {
        final Random random = new Random(seed);
        for (int step = 0; step < 300; step++) {
            final float[] epsilon = epsilonIn256ths(random);
            final Exploration any = Exploration.of(epsilon);
            final float cap = random.nextFloat(0, 8);
            for (int greedy = 0; greedy < Arm.COUNT; greedy++) {
                final float[] counted = new float[Arm.COUNT];
                for (int i = 0; i < 256; i++) { // every draw that epsilons in 256ths can tell apart
                    counted[ended(any.wanted(i / 256.0, greedy), cap)] += 1 / 256f;
                }
                float sum = 0;
                for (int arm = 0; arm < Arm.COUNT; arm++) {
                    final float propensity = any.propensity(arm, greedy, FRONTIER, cap);
                    assertEquals(counted[arm], propensity, "seed=" + seed + ", step=" + step + ", arm=" + arm);
                    sum += propensity;
                }
                assertEquals(1f, sum, "seed=" + seed + ", step=" + step);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"31, FULL, 9", "32, FULL, 3", "33, SKIP, 9", "34, CHEAP, 3"})
    void armsComeAsOftenAsTheirPropensitySays(final long seed, final Arm greedy, final float capMs) {
        final int draws = 200_000;
        final int[] counted = new int[Arm.COUNT];
        for (int id = 0; id < draws; id++) {
            counted[ended(exploration.wanted(Exploration.draw(seed, id), greedy.code()), capMs)]++;
        }
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            final double p = exploration.propensity(arm, greedy.code(), FRONTIER, capMs);
            final double fiveSigma = 5 * Math.sqrt(draws * p * (1 - p)) + 1e-3;
            assertEquals(draws * p, counted[arm], fiveSigma, "seed=" + seed + ", arm=" + arm);
        }
    }

    @Test
    void isOffWithoutEpsilon() {
        final Exploration off = Exploration.of(new float[3]);
        assertFalse(off.isOn());
        for (int id = 0; id < 1_000; id++) {
            final double draw = Exploration.draw(1, id);
            assertFalse(off.explores(draw));
            assertEquals(CHEAP.code(), off.wanted(draw, CHEAP.code()));
        }
        assertEquals(1f, off.propensity(CHEAP.code(), CHEAP.code(), FRONTIER, 9));
    }

    @Test
    void leavesNothingToTheGreedyArmWhenEpsilonsSumToOne() {
        final Exploration all = Exploration.of(new float[] {0.3f, 0.3f, 0.4f}); // 1.00000003 in float32
        double sum = 0;
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            sum += all.propensity(arm, SKIP.code(), FRONTIER, 9);
        }
        assertEquals(1, sum, 1e-7);
        assertTrue(all.explores(Math.nextDown(1.0)));
    }

    @Test
    void drawsDependOnSeedAndDecisionAlone() {
        assertEquals(Exploration.draw(7, 1L << 50), Exploration.draw(7, 1L << 50));
        assertNotEquals(Exploration.draw(7, 1), Exploration.draw(8, 1));
        assertNotEquals(Exploration.draw(7, 1), Exploration.draw(7, 2));
    }

    /** Threads of neighbouring seeds and a thread's own next draw must not move together. */
    @Test
    void drawsAreUniformAndUncorrelated() {
        final int draws = 100_000;
        final int[] bins = new int[16];
        double successive = 0;
        double neighbours = 0;
        for (int id = 0; id < draws; id++) {
            final double draw = Exploration.draw(1, id);
            bins[(int) (16 * draw)]++;
            successive += (draw - 0.5) * (Exploration.draw(1, id + 1) - 0.5);
            neighbours += (draw - 0.5) * (Exploration.draw(2, id) - 0.5);
        }
        double chiSquare = 0;
        for (final int bin : bins) {
            chiSquare += Math.pow(bin - draws / 16.0, 2) / (draws / 16.0);
        }
        assertTrue(chiSquare < 44.3, "chi-square=" + chiSquare + " at 15 degrees, limit for p=1e-4");
        final double fiveSigma = 5 * Math.sqrt(draws) / 12;
        assertEquals(0, successive, fiveSigma);
        assertEquals(0, neighbours, fiveSigma);
    }

    private static int ended(final int wanted, final float capMs) {
        return FRONTIER.arm(FRONTIER.configuration(wanted, capMs));
    }

    private static float[] epsilonIn256ths(final Random random) {
        final int skip = random.nextInt(257);
        final int cheap = random.nextInt(257 - skip);
        final int full = random.nextInt(257 - skip - cheap);
        return new float[] {skip / 256f, cheap / 256f, full / 256f};
    }
}
