package io.t1.bench.micro;

import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.QuantiserRoom;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to turn a batch's float32 features into codes, by the order in which they come? Divide by
 * {@code queries} for a query.
 *
 * <p>Held still: one table of 8 features, one thread, the same queries in both orders.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class QuantiserBenchmark {
    private static final int FEATURES = 8;

    /** The kernel that it stands beside. */
    @Param({"LOOKUP", "VECTOR"})
    public KernelKind kernel;

    /** Queries a batch. */
    @Param({"64", "1024"})
    public int queries;

    private final QuantiserRoom room = new QuantiserRoom();
    private Quantiser quantiser;
    private UnsafeBuffer rows;
    private UnsafeBuffer columns;
    private byte[] codes;
    private int stride;

    /** Lays the queries out, and checks that both orders give each query's own codes. */
    @Setup
    public void open() {
        final RouterArtifact artifact = RandomTables.artifact(253, FEATURES, 5, 0);
        final float[][] values = RandomTables.features(7, artifact, queries);
        final Quantiser scalar = Quantiser.of(artifact.features());
        quantiser = Quantiser.of(artifact.features(), kernel);
        stride = queries + 64; // columns apart in the cache's sets, as the decider lays them
        codes = new byte[FEATURES * stride];
        rows = new UnsafeBuffer(new byte[Float.BYTES * FEATURES * queries]);
        columns = new UnsafeBuffer(new byte[Float.BYTES * FEATURES * queries]);
        final byte[] expected = new byte[codes.length];
        final byte[] row = new byte[FEATURES];
        for (int q = 0; q < queries; q++) {
            scalar.quantise(values[q], row);
            for (int f = 0; f < FEATURES; f++) {
                rows.putFloat(Float.BYTES * (FEATURES * q + f), values[q][f], ByteOrder.LITTLE_ENDIAN);
                columns.putFloat(Float.BYTES * (queries * f + q), values[q][f], ByteOrder.LITTLE_ENDIAN);
                expected[f * stride + q] = row[f];
            }
        }
        require(expected, rows());
        Arrays.fill(codes, (byte) 0);
        require(expected, columns());
    }

    /** Query by query. */
    @Benchmark
    public byte[] rows() {
        quantiser.quantiseRows(rows, 0, codes, stride, queries, room);
        return codes;
    }

    /** Feature by feature. */
    @Benchmark
    public byte[] columns() {
        quantiser.quantiseColumns(columns, 0, codes, stride, queries);
        return codes;
    }

    private void require(final byte[] expected, final byte[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new IllegalStateException("the quantiser of kernel=" + kernel + " gives other codes");
        }
    }
}
