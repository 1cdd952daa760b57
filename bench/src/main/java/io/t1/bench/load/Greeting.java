package io.t1.bench.load;

import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.FeatureDescription;
import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RequestFrames;
import io.t1.codec.wire.HelloAckDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a server said to a Hello: all that a request needs.
 *
 * @param knots {@code [feature][knot]}, ascending.
 */
public record Greeting(long tableHandle, long tableVersion, long featureSetId, long quantiserId, List<float[]> knots) {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    /**
     * Says hello and waits for the answer.
     *
     * @throws IllegalStateException if the server refuses, e.g. because it has no table yet, or doesn't answer in 5 s.
     */
    public static Greeting exchange(final FramePipe pipe, final TableKey key) {
        final UnsafeBuffer hello = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
        final int length = new RequestFrames().hello(hello, 0, 1, key, "t1 bench");
        for (int sent = 0; sent < length; ) {
            sent += pipe.offer(hello, sent, length - sent);
        }
        final Reader reader = new Reader();
        final long begun = System.nanoTime();
        while (pipe.poll(reader) == 0) {
            if (System.nanoTime() - begun > PATIENCE_NS) {
                throw new IllegalStateException("no answer to Hello within 5 s");
            }
            Thread.onSpinWait();
        }
        final Greeting greeting = reader.greeting;
        if (greeting == null) {
            throw new IllegalStateException("the server refused Hello: " + reader.refusal);
        }
        return greeting;
    }

    private static final class Reader implements FrameHandler {
        private final FrameVerifier verifier = new FrameVerifier();
        private @Nullable Greeting greeting;
        private String refusal = "";

        @Override
        public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
            verifier.verify(buffer, offset, length);
            if (verifier.kind() != MessageKind.HELLO_ACK) {
                refusal = buffer.getStringWithoutLengthUtf8(offset + PREFIX_LENGTH, length - PREFIX_LENGTH)
                        .replaceAll("[^ -~]+", " ")
                        .strip();
                return;
            }
            final HelloAckDecoder ack = new HelloAckDecoder()
                    .wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
            final long handle = ack.tableHandle();
            final long version = ack.tableVersion();
            final long featureSet = ack.featureSetId();
            final long quantiser = ack.quantiserId();
            final List<float[]> knots = new ArrayList<>();
            for (final HelloAckDecoder.FeaturesDecoder feature : ack.features()) {
                final float[] of = new float[FeatureDescription.KNOTS];
                for (int k = 0; k < of.length; k++) {
                    of[k] = feature.knots(k);
                }
                feature.skipName();
                knots.add(of);
            }
            greeting = new Greeting(handle, version, featureSet, quantiser, List.copyOf(knots));
        }
    }
}
