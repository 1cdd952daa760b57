package io.t1.sidecar.tables;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.RouterKernel;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.generate.RandomTables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelAgreementTest {
    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void everyKernelOfThisMachineAgrees(final KernelKind kind) {
        if (kind.available()) {
            try (var snapshot = new TableSnapshot(RandomTables.artifact(1, 8, 5, 2), 1, kind)) {
                assertDoesNotThrow(() -> KernelAgreement.require(snapshot, snapshot.kernel()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 66})
    void refusesAKernelThatIsOffByOneInAnyQuery(final int query) {
        try (var snapshot = new TableSnapshot(RandomTables.artifact(1, 8, 5, 2), 3, KernelKind.LOOKUP)) {
            final RouterKernel off = new OffByOne(snapshot.kernel(), query);
            final var refused =
                    assertThrows(RefusedArtifactException.class, () -> KernelAgreement.require(snapshot, off));
            assertTrue(refused.toString().contains("kernel off of this machine gives "), refused.toString());
            assertTrue(refused.toString().contains(" version 3"), refused.toString());
        }
    }

    private record OffByOne(RouterKernel right, int query) implements RouterKernel {
        @Override
        public String name() {
            return "off";
        }

        @Override
        public void accumulate(final byte[] codes, final int[] accumulators, final int stride, final int count) {
            right.accumulate(codes, accumulators, stride, count);
            accumulators[stride + query]++; // of the second output
        }
    }
}
