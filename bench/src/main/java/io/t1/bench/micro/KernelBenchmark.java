package io.t1.bench.micro;

import io.t1.router.KernelKind;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a batch cost in each kernel, codes in, accumulators out? Divide by {@code queries} for a decision.
 *
 * <p>Held still: one table, its codes in the first-level cache or not as the batch's size has it. {@code -jvmArgsAppend
 * -XX:UseAVX=2} takes the kernel of 256-bit registers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
    private static final long SEED = 3;

    /** The kernel. */
    @Param
    public KernelKind kernel;

    /** Queries a batch. */
    @Param({"1", "16", "64", "256", "1024", "4096"})
    public int queries;

    /** Features of the table. */
    @Param("8")
    public int features;

    /** Outputs of the table. */
    @Param("4")
    public int outputs;

    /** Pairs of the table. */
    @Param({"0", "4"})
    public int pairs;

    private RouterTable table;
    private RouterKernel bound;
    private byte[] codes;
    private int[] accumulators;
    private int stride;

    /** The table of a shape. */
    public static RouterArtifact artifact(final int features, final int outputs, final int pairs) {
        return RandomTables.artifact(SEED, features, outputs, pairs);
    }

    /** Entries from column to column: apart in the cache's sets, as the decider lays them. */
    public static int stride(final int queries) {
        return queries < 64 ? queries : queries + 64;
    }

    /** Random codes, feature by feature. */
    public static byte[] codes(final int features, final int stride) {
        final byte[] codes = new byte[features * stride];
        new SplittableRandom(SEED).nextBytes(codes);
        return codes;
    }

    /** Binds the kernel and checks that it computes what the specification does. */
    @Setup
    public void bind() {
        table = RouterTable.of(artifact(features, outputs, pairs));
        if (table.features() != features || table.outputs() != outputs || table.pairs() != pairs) {
            throw new IllegalStateException("the table isn't of the shape asked for");
        }
        bound = kernel.bind(table);
        stride = stride(queries);
        codes = codes(features, stride);
        accumulators = new int[outputs * stride];
        final int[] expected = new int[outputs * stride];
        KernelKind.SCALAR.bind(table).accumulate(codes, expected, stride, queries);
        if (!Arrays.equals(expected, accumulate())) {
            throw new IllegalStateException("kernel=" + kernel + " computes another result");
        }
    }

    /** Frees the table. */
    @TearDown
    public void close() {
        table.close();
    }

    /** One batch. */
    @Benchmark
    public int[] accumulate() {
        bound.accumulate(codes, accumulators, stride, queries);
        return accumulators;
    }
}
