package io.t1.sidecar.tables;

import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.RefusedArtifactException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether a kernel gives of a table that is served what the specification gives, which its golden vectors have proved at
 * its publish: on all codes 0, all 255, the defaults, and random ones. Needs no artifact.
 *
 * <p>Threading: any thread that keeps the snapshot open.
 */
final class KernelAgreement {
    private static final int QUERIES = 67; // whole registers of any width, and a tail
    private static final int CODES = 256;

    private KernelAgreement() {}

    /**
     * Compares.
     *
     * @param kernel bound to the snapshot's table.
     * @throws RefusedArtifactException if any query differs.
     */
    static void require(final TableSnapshot snapshot, final RouterKernel kernel) throws RefusedArtifactException {
        final RouterTable table = snapshot.table();
        final byte[] codes = codes(table, snapshot.version());
        final int[] specified = new int[QUERIES * table.outputs()];
        final int[] computed = new int[QUERIES * table.outputs()];
        KernelKind.SCALAR.bind(table).accumulate(codes, specified, QUERIES, QUERIES);
        kernel.accumulate(codes, computed, QUERIES, QUERIES);
        final int differs = Arrays.mismatch(specified, computed);
        if (differs >= 0) {
            throw new RefusedArtifactException(
                    "$.outputs[" + differs / QUERIES + "]",
                    "kernel " + kernel.name() + " of this machine gives " + computed[differs] + ", not "
                            + specified[differs] + ", for " + snapshot.key() + " version " + snapshot.version());
        }
    }

    /** Feature by feature. */
    private static byte[] codes(final RouterTable table, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] codes = new byte[QUERIES * table.features()];
        for (int f = 0; f < table.features(); f++) {
            for (int q = 0; q < QUERIES; q++) {
                codes[f * QUERIES + q] = (byte)
                        switch (q) {
                            case 0 -> 0;
                            case 1 -> CODES - 1;
                            case 2 -> table.defaultCode(f);
                            default -> random.nextInt(CODES);
                        };
            }
        }
        return codes;
    }
}
