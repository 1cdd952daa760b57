package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCalibrationTest {
    @Test
    void takesTheFastestMeasured() {
        assertEquals(
                KernelKind.LOOKUP,
                KernelCalibration.fastest(
                        Map.of(KernelKind.SCALAR, 40.0, KernelKind.LOOKUP, 2.5, KernelKind.VECTOR, 2.6)));
        assertEquals(
                KernelKind.VECTOR,
                KernelCalibration.fastest(
                        Map.of(KernelKind.SCALAR, 40.0, KernelKind.LOOKUP, 2.5, KernelKind.VECTOR, 1.6)));
    }

    @Test
    void measuresEveryKernelThatRunsHereAndSaysSo() {
        final long before = RouterTable.openBytes();
        final KernelCalibration calibration = KernelCalibration.choose("auto", 4, 4, 1, Duration.ofMillis(5));
        assertEquals(before, RouterTable.openBytes());
        assertEquals(KernelKind.values().length, calibration.nanosPerDecision().size());
        assertEquals(KernelCalibration.fastest(calibration.nanosPerDecision()), calibration.kind());
        calibration.nanosPerDecision().forEach((kind, nanos) -> assertTrue(nanos > 0, kind + "=" + nanos));
        assertTrue(
                calibration
                        .toString()
                        .matches(
                                "kernel=\\w+ \\(scalar [0-9.]+, lookup [0-9.]+, expanded [0-9.]+, vector [0-9.]+ ns/decision\\)"),
                calibration.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aNamedKernelIsTakenUnmeasured(final KernelKind kind) {
        final KernelCalibration calibration = KernelCalibration.choose(kind.flag(), 4, 4, 0, Duration.ofDays(1));
        assertEquals(kind, calibration.kind());
        assertEquals("kernel=" + kind.flag() + " (named by flag)", calibration.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "AUTO"})
    void refusesAKernelThatThereIsNot(final String flag) {
        final var refused = assertThrows(
                IllegalArgumentException.class, () -> KernelCalibration.choose(flag, 4, 4, 0, Duration.ZERO));
        assertEquals("kernel=" + flag + " isn't one of auto, scalar, lookup, expanded, vector", refused.getMessage());
    }
}
