package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.t1.codec.TableKey;
import io.t1.codec.frame.DecideRequestFrame.Scores;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.ErrorDecoder;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.codec.wire.HelloDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.codec.wire.PublishRole;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRoundTripPropertyTest {
    private static final int OFFSET = 5;

    private final FrameVerifier verifier = new FrameVerifier();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFeatureAndScoreComesBackFromADirtyBuffer(final long seed) {
        final Random random = new Random(seed);
        for (int step = 0; step < 50; step++) {
            final String at = "seed=" + seed + ", step=" + step;
            final int queries = step == 0 ? FrameDescriptor.MAX_QUERIES : 1 + random.nextInt(40);
            final int features = 1 + random.nextInt(FrameDescriptor.MAX_FEATURES);
            final UnsafeBuffer buffer = dirty(random, 80_000);
            final DecideRequestFrame frame = new DecideRequestFrame()
                    .wrap(buffer, OFFSET, queries, features, FeatureEncoding.FLOAT32, BatchLayout.ROWS, Scores.PRESENT)
                    .correlationId(seed)
                    .table(0xFFFF_FFFEL, -2, -3)
                    .deadlineMicros(20_000);
            final float[] sent = new float[queries * features];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = Float.intBitsToFloat(random.nextInt());
                frame.feature(i, sent[i]);
            }
            for (int q = 0; q < queries; q++) {
                frame.score(q, q);
            }
            assertEquals(FrameVerdict.VALID, verifier.verify(buffer, OFFSET, frame.length()), at + verifier.reason());
            assertEquals(frame.length(), verifier.frameLength(), at);
            final var request = new DecideRequestDecoder()
                    .wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
            assertEquals(seed, request.correlationId(), at);
            assertEquals(0xFFFF_FFFEL, request.tableHandle(), at);
            assertEquals(-2, request.featureSetId(), at);
            assertEquals(-3, request.quantiserId(), at);
            assertEquals(20_000, request.deadlineMicros(), at);
            final ByteBuffer floats = ByteBuffer.allocate(sent.length * 4).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(floats.capacity(), request.getFeatures(floats.array(), 0, floats.capacity()), at);
            for (int i = 0; i < sent.length; i++) {
                assertEquals(
                        Float.floatToRawIntBits(sent[i]),
                        Float.floatToRawIntBits(floats.getFloat(i * 4)),
                        at + ", " + i);
            }
            assertEquals(queries * 4, request.scoresLength(), at);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoFramesOfOneContentAreEqualWhateverTheBufferHeldBefore(final MessageKind kind) {
        if (kind == MessageKind.DECIDE_REQUEST) {
            return; // its features are the caller's to write: see the test above
        }
        final byte[] first = new RandomFrames(3).frame(kind, 1);
        final byte[] second = new RandomFrames(3).frame(kind, 2);
        assertArrayEquals(first, second);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyDecisionComesBackFromADirtyBuffer(final long seed) {
        final Random random = new Random(seed);
        final UnsafeBuffer buffer = dirty(random, DecideResponseFrame.frameLength(1024) + OFFSET);
        final DecideResponseFrame frame = new DecideResponseFrame().wrap(buffer, OFFSET, 9, -1, 1024);
        for (int q = 0; q < 1024; q++) {
            frame.next()
                    .decisionId(q * 7L)
                    .tau(q)
                    .spendCapMs(-0.0f)
                    .minConfGain(Float.MIN_VALUE)
                    .score(1)
                    .expectedGain(Float.NaN)
                    .propensity(0.5f)
                    .ef(q)
                    .topk(65_535)
                    .rerankDepth(0)
                    .arm((short) (q % 3))
                    .flags()
                    .clear()
                    .capped(true);
        }
        assertEquals(buffer.capacity() - OFFSET, frame.length());
        assertEquals(FrameVerdict.VALID, verifier.verify(buffer, OFFSET, frame.length()), verifier.reason());
        assertEquals(1024, verifier.groupCount());
        final var response = new DecideResponseDecoder()
                .wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
        assertEquals(-1, response.tableVersion());
        int q = 0;
        for (final var decision : response.decisions()) {
            assertEquals(q * 7L, decision.decisionId(), "seed=" + seed);
            assertEquals(q, decision.tau());
            assertEquals(Float.NaN, decision.expectedGain());
            assertEquals(2, decision.flags().getRaw());
            assertEquals(q, decision.ef());
            assertEquals(65_535, decision.topk());
            assertEquals(q % 3, decision.arm());
            q++;
        }
        assertEquals(1024, q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d1\nd2", "é\uD83D\uDE00\nd2"})
    void outcomesKeepTheirIdsInAnyScript(final String topTen) {
        final UnsafeBuffer buffer = dirty(new Random(1), 1_000);
        final OutcomeFrame frame =
                new OutcomeFrame().wrap(buffer, OFFSET, 77, topTen).jaccard(0.25f);
        assertEquals(FrameVerdict.VALID, verifier.verify(buffer, OFFSET, frame.length()), verifier.reason());
        assertEquals(frame.length(), verifier.frameLength());
        final var outcome =
                new OutcomeDecoder().wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
        assertEquals(77, outcome.decisionId());
        assertEquals(Float.NaN, outcome.latencyMicros());
        assertEquals(0.25f, outcome.jaccard());
        assertEquals(topTen, outcome.topTen());
    }

    @Test
    void growsABufferThatCanGrow() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16);
        final int length = new RequestFrames().hello(buffer, 100, 1, TableKey.DEFAULT, "nøde");
        assertEquals(FrameVerdict.VALID, verifier.verify(buffer, 100, length));
        final var hello =
                new HelloDecoder().wrap(buffer, verifier.bodyOffset(), verifier.blockLength(), verifier.version());
        assertEquals("default", hello.index());
        assertEquals("global", hello.region());
        assertEquals("any", hello.language());
        assertEquals("nøde", hello.clientName());
    }

    @Test
    void leavesABufferThatIsTooShortAlone() {
        final int length = DecideResponseFrame.frameLength(2);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length - 1]);
        assertThrows(IndexOutOfBoundsException.class, () -> new DecideResponseFrame().wrap(buffer, 0, 1, 1, 2));
        assertArrayEquals(new byte[length - 1], buffer.byteArray());
    }

    @Test
    void carriesAnArtifactUpToTheCapAndNotAByteMore() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RequestFrames frames = new RequestFrames();
        final int most = FrameDescriptor.MAX_ARTIFACT_LENGTH;
        final int length = frames.publish(buffer, 0, 1, PublishRole.STAGE, new byte[most]);
        assertEquals(FrameDescriptor.MAX_FRAME_LENGTH + FrameDescriptor.PREFIX_LENGTH, length);
        assertEquals(FrameVerdict.VALID, verifier.verify(buffer, 0, length), verifier.reason());
        final var refused = assertThrows(
                IllegalArgumentException.class,
                () -> frames.publish(buffer, 0, 1, PublishRole.STAGE, new byte[most + 1]));
        assertEquals("artifact length=" + (most + 1) + " not in 1.." + most + " bytes", refused.getMessage());
    }

    @Test
    void refusesRepliesThatNeedMoreThanAFrame() {
        final byte[] json = new byte[FrameDescriptor.MAX_FRAME_LENGTH];
        final var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new ReplyFrames().statsResponse(new ExpandableArrayBuffer(), 0, 1, json));
        assertEquals("frameLength=1048596 > maxFrameLength=1048576", refused.getMessage());
    }

    @Test
    void cutsAnErrorsTextBetweenCharacters() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8_192]);
        final int length = new ReplyFrames().error(buffer, 0, 1, ErrorCode.INTERNAL, "x" + "é".repeat(4_000));
        assertEquals(FrameVerdict.VALID, verifier.verify(buffer, 0, length));
        final var error = new ErrorDecoder().wrap(buffer, BODY_OFFSET, verifier.blockLength(), verifier.version());
        assertEquals("x" + "é".repeat(2_047), error.text());
    }

    private static UnsafeBuffer dirty(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new UnsafeBuffer(bytes);
    }
}
