package io.t1.bench.micro;

import io.t1.codec.frame.DecideRequestFrame;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.FeatureEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to prove a DecideRequest of one query and 8 float32 features sound, and to read it?
 *
 * <p>Held still: one frame in the first-level cache, read again each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RequestReadBenchmark {
    private static final int FEATURES = 8;

    private final FrameVerifier verifier = new FrameVerifier();
    private final DecideRequestDecoder request = new DecideRequestDecoder();
    private UnsafeBuffer buffer;
    private int length;

    /** Writes the frame, and checks that it is sound and comes back. */
    @Setup
    public void write() {
        length = DecideRequestFrame.frameLength(1, FEATURES, FeatureEncoding.FLOAT32, DecideRequestFrame.Scores.ABSENT);
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        final DecideRequestFrame frame = new DecideRequestFrame()
                .wrap(
                        buffer,
                        0,
                        1,
                        FEATURES,
                        FeatureEncoding.FLOAT32,
                        BatchLayout.ROWS,
                        DecideRequestFrame.Scores.ABSENT)
                .correlationId(1)
                .table(2, 3, 4);
        float sum = 0;
        for (int f = 0; f < FEATURES; f++) {
            frame.feature(f, f);
            sum += f;
        }
        final float read = verifyAndRead();
        if (verify() != FrameVerdict.VALID || read != sum + 1 + 2 + 3) {
            throw new IllegalStateException("the frame comes back as " + read);
        }
    }

    /** The proof alone. */
    @Benchmark
    public FrameVerdict verify() {
        return verifier.verify(buffer, 0, length);
    }

    /** The proof, then what the server reads. */
    @Benchmark
    public float verifyAndRead() {
        if (verifier.verify(buffer, 0, length) != FrameVerdict.VALID) {
            return Float.NaN;
        }
        request.wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
        float sum = request.correlationId() + request.tableHandle() + request.featureSetId();
        final int features = verifier.dataOffset(0);
        for (int f = 0, n = request.featureCount() * request.queryCount(); f < n; f++) {
            sum += buffer.getFloat(features + Float.BYTES * f, ByteOrder.LITTLE_ENDIAN);
        }
        return sum;
    }
}
