package io.t1.sidecar.tables;

import io.t1.router.KernelKind;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.GoldenVector;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.Arrays;
import java.util.List;

/**
 * What a table must pass before it is stored: the strict reader (shape, ranges, checksum, monotonicity), then its golden
 * vectors on every kernel of this machine. Immutable.
 *
 * @param kernels those that this machine has.
 */
record TableCheck(List<KernelKind> kernels) {
    /**
     * Reads and checks an artifact.
     *
     * @throws RefusedArtifactException at the first thing that is wrong.
     */
    Checked read(final byte[] json) throws RefusedArtifactException {
        final RouterArtifactJson.Identified read = RouterArtifactJson.readIdentified(json);
        return new Checked(read.artifact(), read.sha256(), runGolden(read.artifact()));
    }

    /**
     * Runs a table's golden vectors on every kernel.
     *
     * @return off-heap bytes that the table takes.
     * @throws RefusedArtifactException if one gives another result.
     */
    int runGolden(final RouterArtifact artifact) throws RefusedArtifactException {
        try (RouterTable table = RouterTable.of(artifact)) {
            for (final KernelKind kind : kernels) {
                runGolden(artifact, kind.bind(table));
            }
            return table.imageBytes();
        }
    }

    /**
     * An artifact that passed.
     *
     * @param sha256 of its content, 32 bytes.
     * @param imageBytes off-heap bytes that its table takes.
     */
    record Checked(RouterArtifact artifact, byte[] sha256, int imageBytes) {}

    private static void runGolden(final RouterArtifact artifact, final RouterKernel kernel)
            throws RefusedArtifactException {
        for (int i = 0; i < artifact.golden().size(); i++) {
            final GoldenVector golden = artifact.golden().get(i);
            final byte[] codes = new byte[golden.codes().length];
            for (int f = 0; f < codes.length; f++) {
                codes[f] = (byte) golden.codes()[f];
            }
            final int[] accumulators = new int[golden.accumulators().length];
            kernel.accumulate(codes, accumulators, 1, 1);
            if (!Arrays.equals(accumulators, golden.accumulators())) {
                throw new RefusedArtifactException(
                        "$.golden[" + i + "]",
                        "kernel " + kernel.name() + " of this machine gives " + Arrays.toString(accumulators) + ", not "
                                + Arrays.toString(golden.accumulators()));
            }
        }
    }
}
