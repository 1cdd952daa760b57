package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a decision runs allocates nothing once compiled. */
class AllocationTest {
    private static final int BATCH = 100;
    private static final long DEADLINE_NS = 20_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void kernelsAllocateNothing() {
        final byte[] codes = new byte[8 * BATCH];
        new SplittableRandom(1).nextBytes(codes);
        final int[] accumulators = new int[5 * BATCH];
        final float[] outputs = new float[OneQueryKernel.ROOM];
        try (RouterTable table = RouterTable.of(RandomTables.artifact(1, 8, 5, 4))) {
            for (final KernelKind kind : KernelKind.values()) {
                final RouterKernel kernel = kind.bind(table);
                assertSettlesAtZero(kind + " batch", () -> kernel.accumulate(codes, accumulators, BATCH, BATCH));
                assertSettlesAtZero(kind + " single", () -> kernel.accumulate(codes, accumulators, 1, 1));
                final OneQueryKernel one = kind.bindOne(table);
                assertSettlesAtZero(kind + " one query", () -> one.compute(codes, accumulators, outputs));
            }
        }
    }

    /** The Vector API's methods are shared, and so is their profile: one that has seen each width tells C2 no type. */
    @Test
    void kernelsOfEveryWidthAllocateNothingBesideEachOther() {
        final byte[] codes = new byte[16 * BATCH];
        new SplittableRandom(2).nextBytes(codes);
        final int[] accumulators = new int[5 * BATCH];
        final float[] outputs = new float[OneQueryKernel.ROOM];
        try (RouterTable table = RouterTable.of(RandomTables.artifact(2, 15, 5, 3))) {
            final OneQueryKernel one = KernelKind.VECTOR.bindOne(table);
            final List<RouterKernel> kernels = new ArrayList<>();
            for (int bits = VectorWidth.LEAST_BITS; bits <= VectorWidth.preferredBits(); bits *= 2) {
                kernels.add(VectorKernel.of(table, bits));
            }
            for (int i = 0; i < 200; i++) {
                kernels.forEach(kernel -> kernel.accumulate(codes, accumulators, BATCH, BATCH));
                one.compute(codes, accumulators, outputs);
            }
            for (final RouterKernel kernel : kernels) {
                assertSettlesAtZero(
                        kernel.getClass().getSimpleName(), () -> kernel.accumulate(codes, accumulators, BATCH, BATCH));
            }
            assertSettlesAtZero("one query", () -> one.compute(codes, accumulators, outputs));
        }
    }

    @Test
    void quantisersAndTheFloatStepAllocateNothing() {
        final RouterArtifact artifact = RandomTables.artifact(1, 8, 5, 0);
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[4 * 8 * BATCH]);
        final float[] row = RandomTables.features(1, artifact, 1)[0];
        final byte[] codes = new byte[8 * BATCH];
        final QuantiserRoom quantiserRoom = new QuantiserRoom();
        for (final KernelKind kind : KernelKind.values()) {
            final Quantiser quantiser = Quantiser.of(artifact.features(), kind);
            assertSettlesAtZero(
                    kind + " rows", () -> quantiser.quantiseRows(rows, 0, codes, BATCH, BATCH, quantiserRoom));
            assertSettlesAtZero(kind + " columns", () -> quantiser.quantiseColumns(rows, 0, codes, BATCH, BATCH));
            final byte[] room = new byte[16];
            assertSettlesAtZero(kind + " single with room", () -> quantiser.quantise(row, room));
            assertSettlesAtZero(kind + " single", () -> quantiser.quantise(row, codes));
        }
        try (RouterTable table = RouterTable.of(artifact)) {
            final OutputScaler scaler = OutputScaler.of(table);
            final int[] accumulators = new int[5 * BATCH];
            final float[] values = new float[5 * BATCH];
            assertSettlesAtZero("scale", () -> scaler.scale(accumulators, values, BATCH, BATCH));
        }
    }

    @Test
    void theMeasurementSeesAnAllocation() {
        final int[][] kept = new int[1][];
        assertTrue(allocatedBy(() -> kept[0] = new int[10]) >= 1000 * 40L);
    }

    /** Runs until a thousand calls in a row allocate nothing: before C2 has compiled them, vectors are objects. */
    private void assertSettlesAtZero(final String what, final Runnable call) {
        final long start = System.nanoTime();
        long allocated;
        do {
            allocated = allocatedBy(call);
        } while (allocated > 0 && System.nanoTime() - start < DEADLINE_NS);
        assertEquals(0, allocated, what + ": bytes in 1,000 calls");
    }

    private long allocatedBy(final Runnable call) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
