package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.KernelKind;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {
    @ParameterizedTest
    @EnumSource(
            value = KernelKind.class,
            names = {"LOOKUP", "VECTOR"})
    void endsWhenDecisionsAreCompiledOrWhenTimeIsOut(final KernelKind kind) {
        final RouterArtifact artifact = RandomTables.artifact(1, 8, 5, 2);
        try (TableSnapshot snapshot = new TableSnapshot(artifact, 1, kind)) {
            assertTrue(Rehearsal.run(artifact, snapshot, Duration.ofMinutes(1)), "not compiled within a minute");
            assertFalse(Rehearsal.run(artifact, snapshot, Duration.ZERO), "no time, yet said to be compiled");
            assertTrue(
                    Rehearsal.runOneByOne(artifact, snapshot, Duration.ofMinutes(1)), "not compiled within a minute");
            assertFalse(Rehearsal.runOneByOne(artifact, snapshot, Duration.ZERO), "no time, yet said to be compiled");
        }
    }
}
