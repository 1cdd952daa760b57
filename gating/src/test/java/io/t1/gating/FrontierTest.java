package io.t1.gating;

import static io.t1.codec.Arm.CHEAP;
import static io.t1.codec.Arm.FULL;
import static io.t1.codec.Arm.SKIP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierTest {
    private static final List<FrontierPoint> POINTS = List.of(
            new FrontierPoint(FULL, 108, 88, 88, 9),
            new FrontierPoint(CHEAP, 104, 80, 10, 2),
            new FrontierPoint(FULL, 104, 80, 80, 6),
            new FrontierPoint(CHEAP, 108, 80, 20, 4),
            new FrontierPoint(FULL, 112, 65_535, 96, 12));
    private static final BaselineDecision SKIP_BASELINE = new BaselineDecision(SKIP, 100, 90, 3);

    private final Frontier frontier = Frontier.of(POINTS, SKIP_BASELINE);

    @ParameterizedTest
    @CsvSource({
        "FULL, 100, FULL, 112, 65535, 96",
        "FULL, 12, FULL, 112, 65535, 96",
        "FULL, 11.999999, FULL, 108, 88, 88",
        "FULL, 6, FULL, 104, 80, 80",
        "FULL, 5.9, CHEAP, 108, 80, 20",
        "FULL, 3, CHEAP, 104, 80, 10",
        "FULL, 1.9, SKIP, 100, 90, 3",
        "CHEAP, 100, CHEAP, 108, 80, 20",
        "CHEAP, 2, CHEAP, 104, 80, 10",
        "CHEAP, 0, SKIP, 100, 90, 3",
        "SKIP, 100, SKIP, 100, 90, 3",
        "FULL, NaN, SKIP, 100, 90, 3",
        "FULL, -1, SKIP, 100, 90, 3",
        "FULL, Infinity, FULL, 112, 65535, 96",
        "FULL, -Infinity, SKIP, 100, 90, 3",
    })
    void takesTheDearestConfigurationWithinTheCap(
            final Arm wanted, final float capMs, final Arm arm, final int ef, final int topk, final int depth) {
        final int configuration = frontier.configuration(wanted.code(), capMs);
        assertEquals(arm, Arm.ofCode(frontier.arm(configuration)));
        assertEquals(ef, frontier.ef(configuration));
        assertEquals(topk, frontier.topk(configuration));
        assertEquals(depth, frontier.rerankDepth(configuration));
    }

    @Test
    void aSkippedQueryIsNotRerankedWhereTheBaselineReranks() {
        final Frontier frontier = Frontier.of(POINTS, new BaselineDecision(FULL, 100, 90, 50));
        assertEquals(100, frontier.ef(0));
        assertEquals(90, frontier.topk(0));
        assertEquals(0, frontier.rerankDepth(0));
    }

    @Test
    void fullMayFitWhereCheapDoesNot() {
        final Frontier odd = Frontier.of(
                List.of(new FrontierPoint(CHEAP, 1, 1, 1, 5), new FrontierPoint(FULL, 2, 2, 2, 3)), SKIP_BASELINE);
        assertEquals(FULL.code(), odd.arm(odd.configuration(FULL.code(), 4)));
        assertEquals(SKIP.code(), odd.arm(odd.configuration(CHEAP.code(), 4)));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aLargerCapNeverLowersTheArmNorTheCost(final long seed) {
        final Random random = new Random(seed);
        for (int step = 0; step < 2_000; step++) {
            final List<FrontierPoint> points = new ArrayList<>();
            for (int p = random.nextInt(1, 12); p > 0; p--) {
                final Arm arm = random.nextBoolean() ? CHEAP : FULL;
                points.add(new FrontierPoint(arm, p, p, p, random.nextInt(12)));
            }
            final Frontier any = Frontier.of(points, SKIP_BASELINE);
            final float cap = random.nextFloat(-1, 13);
            final float larger = random.nextBoolean() ? Math.nextUp(cap) : random.nextFloat(cap, 14);
            for (int wanted = 0; wanted < Arm.COUNT; wanted++) {
                final int at = any.configuration(wanted, cap);
                final int atLarger = any.configuration(wanted, larger);
                final String where = "seed=" + seed + ", step=" + step + ", wanted=" + wanted;
                assertTrue(any.arm(atLarger) >= any.arm(at), where);
                assertTrue(at == 0 || any.p95CostMs(at) <= cap, where);
                assertTrue(any.arm(at) <= wanted, where);
                assertEquals(bruteForce(points, wanted, cap), any.p95CostMs(at), where);
            }
        }
    }

    /** Cost of the dearest that fits of the wanted arm, else of the arms below. */
    private static float bruteForce(final List<FrontierPoint> points, final int wanted, final float cap) {
        for (int arm = wanted; arm > 0; arm--) {
            final int a = arm;
            final var fitting = points.stream()
                    .filter(p -> p.arm().code() == a && p.p95CostMs() <= cap)
                    .mapToDouble(FrontierPoint::p95CostMs)
                    .max();
            if (fitting.isPresent()) {
                return (float) fitting.getAsDouble();
            }
        }
        return 0;
    }
}
