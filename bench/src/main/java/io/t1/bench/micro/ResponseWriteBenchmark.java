package io.t1.bench.micro;

import io.t1.codec.frame.DecideResponseColumns;
import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.generate.RandomTables;
import java.nio.ByteBuffer;
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
 * What does it cost to write a DecideResponse, store for store as the server does? Divide by {@code queries} for a
 * decision.
 *
 * <p>Held still: one batch of decisions, one buffer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ResponseWriteBenchmark {
    private static final int FEATURES = 8;

    /** Decisions a response. */
    @Param({"1", "64"})
    public int queries;

    private final DecideResponseColumns response = new DecideResponseColumns();
    private DecisionBatch batch;
    private UnsafeBuffer buffer;

    /** Decides a batch, and checks that its response is sound. */
    @Setup
    public void decide() {
        batch = new DecisionBatch(queries);
        final UnsafeBuffer codes = new UnsafeBuffer(new byte[FEATURES * queries]);
        for (int i = 0; i < codes.capacity(); i++) {
            codes.putByte(i, (byte) (37 * i));
        }
        try (TableSnapshot snapshot =
                new TableSnapshot(RandomTables.artifact(253, FEATURES, 5, 0), 1, KernelKind.LOOKUP)) {
            new BatchDecider(1, 1).decideCodeColumns(snapshot, codes, 0, null, 0, queries, batch);
        }
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(DecideResponseFrame.frameLength(queries)));
        final int length = write();
        final FrameVerdict verdict = new FrameVerifier().verify(buffer, 0, length);
        if (batch.count() != queries || length != buffer.capacity() || verdict != FrameVerdict.VALID) {
            throw new IllegalStateException("queries=" + batch.count() + ", length=" + length + ", " + verdict);
        }
    }

    /** One response. */
    @Benchmark
    public int write() {
        final int count = batch.count();
        batch.writeTo(response.wrap(buffer, 1, batch.tableVersion(), count));
        return DecideResponseFrame.frameLength(count);
    }
}
