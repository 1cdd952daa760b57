package io.t1.bench.rows;

import io.t1.router.KernelKind;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the batch kernel cost a decision: codes in, accumulators out?
 *
 * <p>Held still: one table of 8 features without pairs, 4,096 random queries, one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BatchKernelBenchmark {
    static final int QUERIES = 4_096;
    private static final long SEED = 11;

    /** The kernel. */
    @Param("VECTOR")
    public KernelKind kernel;

    /** Outputs of the table. */
    @Param({"4", "5"})
    public int outputs;

    private RouterTable table;
    private RouterKernel bound;
    private byte[] codes;
    private int[] accumulators;

    /** Random codes, feature by feature. */
    static byte[] codes() {
        final byte[] codes = new byte[RandomTable.FEATURES * QUERIES];
        new Random(SEED).nextBytes(codes);
        return codes;
    }

    /** Binds the kernel to a table. */
    @Setup
    public void open() {
        table = RouterTable.of(RandomTable.ofOutputs(outputs));
        bound = kernel.bind(table);
        codes = codes();
        accumulators = new int[outputs * QUERIES];
    }

    /** Frees the table. */
    @TearDown
    public void close() {
        table.close();
    }

    /** One batch; JMH divides by its queries. */
    @Benchmark
    @OperationsPerInvocation(QUERIES)
    public int[] accumulate() {
        bound.accumulate(codes, accumulators, QUERIES, QUERIES);
        return accumulators;
    }
}
