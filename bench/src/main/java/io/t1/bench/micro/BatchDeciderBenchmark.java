package io.t1.bench.micro;

import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.nio.ByteOrder;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a batch cost in the decider, by the shape in which its features come? Divide by {@code queries} for a
 * decision.
 *
 * <p>Held still: one table of 8 features and 5 outputs, exploration off, no transport.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BatchDeciderBenchmark {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;

    /** The kernel. */
    @Param({"LOOKUP", "VECTOR"})
    public KernelKind kernel;

    /** Queries a batch. */
    @Param({"1", "64", "1024"})
    public int queries;

    private final BatchDecider decider = new BatchDecider(1, 1);
    private TableSnapshot snapshot;
    private DecisionBatch decisions;
    private UnsafeBuffer rows;
    private UnsafeBuffer columns;
    private UnsafeBuffer codes;
    private int stride;
    private byte[] laidOut;
    private int[] accumulators;
    private float[] outputs;

    /** Makes a table and queries, and checks that rows, columns and codes give the same decisions. */
    @Setup
    public void open() {
        final RouterArtifact artifact = RandomTables.artifact(253, FEATURES, OUTPUTS, 0);
        snapshot = new TableSnapshot(artifact, 1, kernel);
        decisions = new DecisionBatch(queries);
        rows = new UnsafeBuffer(new byte[4 * FEATURES * queries]);
        columns = new UnsafeBuffer(new byte[4 * FEATURES * queries]);
        codes = new UnsafeBuffer(new byte[FEATURES * queries]);
        final float[][] values = RandomTables.features(7, artifact, queries);
        final byte[] row = new byte[FEATURES];
        for (int q = 0; q < queries; q++) {
            snapshot.quantiser().quantise(values[q], row);
            for (int f = 0; f < FEATURES; f++) {
                rows.putFloat(4 * (FEATURES * q + f), values[q][f], ByteOrder.LITTLE_ENDIAN);
                columns.putFloat(4 * (queries * f + q), values[q][f], ByteOrder.LITTLE_ENDIAN);
                codes.putByte(queries * f + q, row[f]);
            }
        }
        final String expected = arms(codeColumns());
        stride = decider.lastStride();
        laidOut = new byte[FEATURES * stride];
        accumulators = new int[OUTPUTS * stride];
        outputs = new float[OUTPUTS * stride];
        requireSameOutputs();
        if (!expected.equals(arms(floatRows())) || !expected.equals(arms(floatColumns()))) {
            throw new IllegalStateException("rows, columns and codes decide differently");
        }
    }

    /** Frees the table. */
    @TearDown
    public void close() {
        snapshot.close();
    }

    /** Float32, query by query. */
    @Benchmark
    public DecisionBatch floatRows() {
        decider.decideRows(snapshot, rows, 0, null, 0, queries, decisions);
        return decisions;
    }

    /** Float32, feature by feature. */
    @Benchmark
    public DecisionBatch floatColumns() {
        decider.decideColumns(snapshot, columns, 0, null, 0, queries, decisions);
        return decisions;
    }

    /** Codes, feature by feature. */
    @Benchmark
    public DecisionBatch codeColumns() {
        decider.decideCodeColumns(snapshot, codes, 0, null, 0, queries, decisions);
        return decisions;
    }

    /** The same without the gate, through the table's own parts: what {@link #codeColumns} costs more is the gate. */
    @Benchmark
    public float[] codeColumnsUngated() {
        for (int f = 0; f < FEATURES; f++) {
            codes.getBytes(f * queries, laidOut, f * stride, queries);
        }
        snapshot.kernel().accumulate(laidOut, accumulators, stride, queries);
        snapshot.scaler().scale(accumulators, outputs, stride, queries);
        return outputs;
    }

    private void requireSameOutputs() {
        final float[] found = codeColumnsUngated();
        for (int q = 0; q < queries; q++) {
            if (found[q] != decisions.tau(q)) {
                throw new IllegalStateException(
                        "query " + q + ": tau=" + found[q] + " without the gate, " + decisions.tau(q) + " with it");
            }
        }
    }

    private static String arms(final DecisionBatch decisions) {
        final StringBuilder arms = new StringBuilder();
        for (int q = 0; q < decisions.count(); q++) {
            arms.append(decisions.arm(q)).append(decisions.ef(q));
        }
        return arms.toString();
    }
}
