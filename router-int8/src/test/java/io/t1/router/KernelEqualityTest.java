package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel, at every register width, gives the accumulators of the definitions, bit for bit. */
class KernelEqualityTest {
    /** Longest time for one kernel to be compiled in; a width that this machine lacks never is. */
    private static final long COMPILE_NS = 3_000_000_000L;

    /** What a kernel must leave alone. */
    private static final int UNTOUCHED = 0x5A5A5A5A;

    @Test
    void theVectorKernelRunsHere() {
        // the build promises the module: a kernel that silently went missing would leave the others untested
        assertTrue(KernelKind.VECTOR.available());
        for (final KernelKind kind : KernelKind.values()) {
            try (RouterTable table = RouterTable.of(RandomTables.artifact(1, 4, 4, 0))) {
                assertEquals(kind.flag(), kind.bind(table).name());
            }
        }
    }

    /** A flag by a name that no system writes left it out for good, and nothing but the figures told. */
    @Test
    void theWidestKernelShufflesBytesWhereTheProcessorDoes() throws IOException {
        final Path cpuinfo = Path.of("/proc/cpuinfo");
        assumeTrue(Files.exists(cpuinfo), "no /proc/cpuinfo here");
        assumeTrue(
                Pattern.compile("\\bavx512_?vbmi\\b")
                        .matcher(Files.readString(cpuinfo))
                        .find(),
                "no AVX-512 VBMI here");
        try (RouterTable table = RouterTable.of(RandomTables.artifact(1, 4, 4, 0))) {
            assertInstanceOf(VectorKernelVbmi.class, VectorKernel.of(table, 512));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 5, 8", "2, 7, 4, 0", "3, 1, 4, 0"})
    void agreeOnAllCodesOfEveryFeatureAndOutput(
            final long seed, final int features, final int outputs, final int pairs) {
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        final SplittableRandom random = new SplittableRandom(seed);
        try (BoundKernels bound = new BoundKernels(artifact)) {
            for (int f = 0; f < features; f++) {
                final byte[] codes = new byte[features * 256];
                random.nextBytes(codes);
                for (int code = 0; code < 256; code++) {
                    codes[f * 256 + code] = (byte) code;
                }
                bound.assertAllAgree(codes, 256, 256, "seed=" + seed + ", feature=" + f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void agreeOnRandomTablesAtEveryBatchLength(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int features = random.nextInt(1, 17);
        final int pairs = Math.min(random.nextInt(0, 9), features * (features - 1) / 2);
        final RouterArtifact artifact = RandomTables.artifact(seed, features, random.nextInt(4, 6), pairs);
        try (BoundKernels bound = new BoundKernels(artifact)) {
            for (int count = 1; count <= 200; count++) {
                final int stride = count + random.nextInt(3);
                final byte[] codes = new byte[features * stride];
                random.nextBytes(codes);
                bound.assertAllAgree(codes, stride, count, "seed=" + seed + ", count=" + count);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {Byte.MIN_VALUE, Byte.MAX_VALUE})
    void agreeWhereSumsAreLargest(final byte value) {
        final RouterArtifact artifact = filled(RandomTables.artifact(5, 16, 5, 8), value);
        try (BoundKernels bound = new BoundKernels(artifact)) {
            for (final int code : new int[] {0, 15, 16, 31, 128, 240, 255}) {
                final byte[] codes = new byte[16 * 100];
                Arrays.fill(codes, (byte) code);
                bound.assertAllAgree(codes, 100, 100, "value=" + value + ", code=" + code);
            }
        }
    }

    /** C2 compiles what ran often: its code must agree too. */
    @Test
    void agreeAfterManyBatches() {
        try (RouterTable table = RouterTable.of(RandomTables.artifact(23, 9, 5, 3))) {
            final SplittableRandom random = new SplittableRandom(23);
            final byte[] codes = new byte[9 * 100];
            final int[] expected = new int[5 * 100];
            final int[] actual = new int[5 * 100];
            for (final RouterKernel kernel : kernels(table)) {
                final long end = System.nanoTime() + COMPILE_NS;
                for (int batch = 0; batch < 30_000 && System.nanoTime() - end < 0; batch++) {
                    if (batch % 100 == 0) {
                        random.nextBytes(codes);
                        KernelKind.SCALAR.bind(table).accumulate(codes, expected, 100, 100);
                    }
                    Arrays.fill(actual, UNTOUCHED);
                    kernel.accumulate(codes, actual, 100, 100);
                    assertEquals(
                            -1,
                            Arrays.mismatch(expected, actual),
                            kernel.getClass().getSimpleName() + ", batch=" + batch);
                }
            }
        }
    }

    @Test
    void readNoFurtherThanTheLastQuery() {
        // the last column ends with the array: a read past it would throw
        final RouterArtifact artifact = RandomTables.artifact(6, 3, 5, 1);
        try (BoundKernels bound = new BoundKernels(artifact)) {
            for (int count = 1; count <= 130; count++) {
                final int stride = count + 7;
                final byte[] codes = new byte[2 * stride + count];
                new SplittableRandom(count).nextBytes(codes);
                bound.assertAllAgree(codes, stride, count, "count=" + count);
            }
        }
    }

    @Test
    void refuseABatchThatLeavesItsArrays() {
        try (RouterTable table = RouterTable.of(RandomTables.artifact(7, 3, 4, 0))) {
            for (final RouterKernel kernel : kernels(table)) {
                final byte[] codes = new byte[3 * 64];
                final int[] accumulators = new int[4 * 64];
                final String name = kernel.getClass().getSimpleName();
                assertThrows(
                        IndexOutOfBoundsException.class, () -> kernel.accumulate(codes, accumulators, 64, 65), name);
                assertThrows(
                        IndexOutOfBoundsException.class, () -> kernel.accumulate(codes, accumulators, 64, 0), name);
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> kernel.accumulate(new byte[3 * 64 - 1], accumulators, 64, 64),
                        name);
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> kernel.accumulate(codes, new int[4 * 64 - 1], 64, 64),
                        name);
            }
        }
    }

    /** Every kernel there is, the vector one in each width. */
    static List<RouterKernel> kernels(final RouterTable table) {
        final List<RouterKernel> kernels = new ArrayList<>();
        kernels.add(KernelKind.SCALAR.bind(table));
        kernels.add(KernelKind.LOOKUP.bind(table));
        kernels.add(KernelKind.EXPANDED.bind(table));
        kernels.add(new VectorKernel128(table));
        kernels.add(new VectorKernel256(table));
        kernels.add(new VectorKernel512(table));
        kernels.add(new VectorKernelVbmi(table));
        return kernels;
    }

    private static RouterArtifact filled(final RouterArtifact artifact, final byte value) {
        final List<OutputSpec> outputs = new ArrayList<>();
        for (final OutputSpec output : artifact.outputs()) {
            final byte[][] values = new byte[artifact.features().size()][17];
            for (final byte[] knots : values) {
                Arrays.fill(knots, value);
            }
            outputs.add(new OutputSpec(output.name(), 0, 0, 1, 0, 1, values));
        }
        final List<PairSpec> pairs = new ArrayList<>();
        for (final PairSpec pair : artifact.pairs()) {
            final byte[][] grids = new byte[outputs.size()][81];
            for (final byte[] grid : grids) {
                Arrays.fill(grid, value);
            }
            pairs.add(new PairSpec(pair.first(), pair.second(), grids));
        }
        return new RouterArtifact(
                artifact.key(),
                artifact.features(),
                outputs,
                pairs,
                artifact.monotone(),
                artifact.gate(),
                artifact.frontier(),
                artifact.baseline(),
                artifact.provenance(),
                List.of());
    }

    /** A table with every kernel bound to it. */
    private static final class BoundKernels implements AutoCloseable {
        private final RouterArtifact artifact;
        private final RouterTable table;
        private final List<RouterKernel> kernels;

        BoundKernels(final RouterArtifact artifact) {
            this.artifact = artifact;
            table = RouterTable.of(artifact);
            kernels = kernels(table);
        }

        void assertAllAgree(final byte[] codes, final int stride, final int count, final String where) {
            final int features = artifact.features().size();
            final int outputs = artifact.outputs().size();
            final int[] expected = new int[outputs * stride];
            Arrays.fill(expected, UNTOUCHED);
            final int[] query = new int[features];
            for (int q = 0; q < count; q++) {
                for (int f = 0; f < features; f++) {
                    query[f] = codes[f * stride + q] & 0xFF;
                }
                final int[] accumulators = GoldenVectors.accumulate(artifact, query);
                for (int o = 0; o < outputs; o++) {
                    expected[o * stride + q] = accumulators[o];
                }
            }
            for (final RouterKernel kernel : kernels) {
                final int[] actual = new int[outputs * stride];
                Arrays.fill(actual, UNTOUCHED);
                kernel.accumulate(codes, actual, stride, count);
                final int mismatch = Arrays.mismatch(expected, actual);
                assertEquals(
                        -1,
                        mismatch,
                        () -> kernel.getClass().getSimpleName() + " at " + mismatch + ": " + actual[mismatch] + " for "
                                + expected[mismatch] + ", " + where);
            }
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
