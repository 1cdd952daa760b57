package io.t1.bench.micro;

import io.t1.router.KernelKind;
import io.t1.router.Quantiser;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to turn one query's 8 float32 features into codes?
 *
 * <p>Held still: one table, one thread. Varied: the features, over 1,024 queries, so that no branch is learnt by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OneRowQuantiserBenchmark {
    private static final int FEATURES = 8;
    private static final int QUERIES = 1024;
    private static final int ROOM = 16; // whole registers

    /** The kernel that it stands beside. */
    @Param({"LOOKUP", "VECTOR"})
    public KernelKind kernel;

    private final byte[] codes = new byte[ROOM];
    private float[][] rows;
    private Quantiser quantiser;
    private int next;

    /** Makes it, and checks that it gives the codes of the one that needs nothing of the machine. */
    @Setup
    public void open() {
        final RouterArtifact artifact = RandomTables.artifact(253, FEATURES, 5, 0);
        rows = RandomTables.features(7, artifact, QUERIES);
        quantiser = Quantiser.of(artifact.features(), kernel);
        final Quantiser scalar = Quantiser.of(artifact.features());
        final byte[] expected = new byte[FEATURES];
        for (final float[] row : rows) {
            scalar.quantise(row, expected);
            quantiser.quantise(row, codes);
            if (!Arrays.equals(expected, Arrays.copyOf(codes, FEATURES))) {
                throw new IllegalStateException("the quantiser of kernel=" + kernel + " gives other codes");
            }
        }
    }

    /** One query. */
    @Benchmark
    public byte[] row() {
        quantiser.quantise(rows[next++ & QUERIES - 1], codes);
        return codes;
    }
}
