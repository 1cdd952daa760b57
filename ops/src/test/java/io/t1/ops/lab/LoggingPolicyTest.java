package io.t1.ops.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingPolicyTest {
    @ParameterizedTest
    @ValueSource(strings = {"uniform", "epsilon=0.05", "epsilon=0.6", "epsilon=1"})
    void choosesEachArmAsOftenAsItsPropensitySays(final String text) {
        final LoggingPolicy policy = LoggingPolicy.parse(text);
        final int[] chosen = new int[Arm.COUNT];
        final int queries = 30_000;
        for (int q = 0; q < queries; q++) {
            chosen[policy.choose("query " + q, 7).code()]++;
        }
        double sum = 0;
        for (final Arm arm : Arm.values()) {
            sum += policy.propensity(arm);
            // four standard deviations of a share of 30,000 are under 0.012
            assertEquals(policy.propensity(arm), (double) chosen[arm.code()] / queries, 0.012, arm.name());
        }
        assertEquals(1, sum, 1e-12);
    }

    @Test
    void logsWhatTheChosenArmGave() {
        final MeasuredQuery query = new MeasuredQuery(
                "q",
                "all",
                new float[] {1},
                new double[] {0.1, 0.2, 0.3},
                new double[] {10, 20, 30},
                List.of(List.of("s"), List.of("c"), List.of("f")));
        final LoggedQuery logged = LoggingPolicy.UNIFORM
                .log(new MeasuredQueries(List.of("entropy"), List.of(query)), 3)
                .getFirst();
        final int code = logged.arm().code();
        assertEquals(LoggingPolicy.UNIFORM.choose("q", 3), logged.arm());
        assertEquals(1.0 / 3, logged.propensity(), 1e-12);
        assertEquals(query.ndcg10()[code], logged.ndcg10());
        assertEquals(query.latencyMicros()[code], logged.latencyMicros());
        assertEquals(query.topTen().get(code), logged.topTen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random", "epsilon", "epsilon=", "epsilon=0", "epsilon=-1", "epsilon=1.5", "epsilon=x"})
    void refusesAPolicyThatItDoesNotKnow(final String text) {
        final BadInputException failure = assertThrows(BadInputException.class, () -> LoggingPolicy.parse(text));
        assertTrue(String.valueOf(failure.getMessage()).contains("--log=" + text), failure.getMessage());
    }
}
