package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.MAX_FRAME_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.wire.ErrorCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameVerifierTest {
    private static final int SEED = 11;

    private final FrameVerifier verifier = new FrameVerifier();

    @ParameterizedTest
    @EnumSource
    void acceptsEveryMessageThatIsWrittenAndSaysWhereTheNextFrameStarts(final MessageKind kind) {
        final byte[] frame = new RandomFrames(SEED).frame(kind);
        final UnsafeBuffer stream = new UnsafeBuffer(new byte[7 + frame.length + 3]);
        stream.putBytes(7, frame);
        assertEquals(FrameVerdict.VALID, verifier.verify(stream, 7, frame.length + 3), verifier.reason());
        assertEquals(kind, verifier.kind());
        assertEquals(frame.length, verifier.frameLength());
        assertEquals(7 + BODY_OFFSET, verifier.bodyOffset());
        assertEquals(Optional.empty(), verifier.verdict().errorCode());
        if (kind != MessageKind.OUTCOME) {
            assertEquals(stream.getLong(7 + BODY_OFFSET, BYTE_ORDER), verifier.correlationId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForTheRestOfAFrameThatIsCutAtAnyByte(final MessageKind kind) {
        final byte[] frame = new RandomFrames(SEED).frame(kind);
        for (int length = 0; length < frame.length; length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(frame, length)); // a read past the cut throws
            assertEquals(FrameVerdict.INCOMPLETE, verifier.verify(cut, 0, length), kind + " cut at " + length);
            assertEquals(length < PREFIX_LENGTH ? 0 : frame.length, verifier.frameLength());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAMessageWhoseFrameIsShorterThanItsContent(final MessageKind kind) {
        final byte[] frame = new RandomFrames(SEED).frame(kind);
        for (int length = PREFIX_LENGTH; length < frame.length; length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(frame, length));
            cut.putInt(0, length - PREFIX_LENGTH, BYTE_ORDER);
            final FrameVerdict verdict = verifier.verify(cut, 0, length);
            assertEquals(FrameVerdict.MALFORMED, verdict, kind + " cut at " + length + ": " + verifier.reason());
            assertTrue(verdict.closesConnection());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesBytesAfterAMessageOfThisVersion(final MessageKind kind) {
        final byte[] frame = new RandomFrames(SEED).frame(kind);
        final UnsafeBuffer longer = new UnsafeBuffer(Arrays.copyOf(frame, frame.length + 1));
        longer.putInt(0, frame.length + 1 - PREFIX_LENGTH, BYTE_ORDER);
        assertEquals(FrameVerdict.MALFORMED, verifier.verify(longer, 0, frame.length + 1));
    }

    @ParameterizedTest
    @EnumSource
    void whatItAcceptsAfterDamageCanBeReadWhole(final MessageKind kind) {
        final Random random = new Random(SEED);
        int refused = 0;
        for (int step = 0; step < 2_000; step++) {
            final byte[] frame = new RandomFrames(SEED + step).frame(kind);
            for (int i = 0, n = 1 + random.nextInt(3); i < n; i++) {
                frame[PREFIX_LENGTH + random.nextInt(frame.length - PREFIX_LENGTH)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : -1 + random.nextInt(3));
            }
            final UnsafeBuffer buffer = new UnsafeBuffer(frame);
            final String at = kind + ", seed=" + SEED + ", step=" + step;
            final FrameVerdict verdict = verifier.verify(buffer, 0, frame.length);
            if (verdict == FrameVerdict.VALID) {
                assertTrue(
                        FieldReader.readAll(buffer, verifier)
                                .startsWith(verifier.kind().name()),
                        at);
            } else {
                refused++;
                assertTrue(verdict.errorCode().isPresent(), at + ": " + verdict);
            }
        }
        assertNotEquals(0, refused, "the damage never showed for " + kind);
    }

    @ParameterizedTest
    @CsvSource({
        "0, MALFORMED, MALFORMED_FRAME",
        "7, MALFORMED, MALFORMED_FRAME",
        "1048577, FRAME_TOO_LONG, FRAME_TOO_LONG",
        "-1, FRAME_TOO_LONG, FRAME_TOO_LONG"
    })
    void refusesALengthThatCannotBeFromThePrefixAlone(
            final int length, final FrameVerdict verdict, final ErrorCode code) {
        final UnsafeBuffer prefix = new UnsafeBuffer(new byte[PREFIX_LENGTH]);
        prefix.putInt(0, length, BYTE_ORDER);
        assertEquals(verdict, verifier.verify(prefix, 0, PREFIX_LENGTH));
        assertEquals(Optional.of(code), verdict.errorCode());
        assertEquals(
                "frameLength=" + Integer.toUnsignedLong(length) + " not in 8.." + MAX_FRAME_LENGTH, verifier.reason());
    }

    @Test
    void refusesGarbageFromItsHeaderWithoutWaitingForTheLengthItClaims() {
        final UnsafeBuffer header = new UnsafeBuffer(
                "\u0000\u0002\u0000\u0000HTTP/1.1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertEquals(FrameVerdict.MALFORMED, verifier.verify(header, 0, BODY_OFFSET));
        assertTrue(verifier.reason().startsWith("schemaId="), verifier.reason());
    }

    @Test
    void keepsTheConnectionForAMessageItDoesNotKnowAndNamesItsRequest() {
        final UnsafeBuffer frame = frame(MessageKind.LIST_TABLES);
        frame.putShort(PREFIX_LENGTH + 2, (short) 99, BYTE_ORDER);
        frame.putLong(BODY_OFFSET, 4711, BYTE_ORDER);
        assertEquals(FrameVerdict.UNKNOWN_MESSAGE, verifier.verify(frame, 0, frame.capacity()));
        assertEquals(4711, verifier.correlationId());
        assertEquals(frame.capacity(), verifier.frameLength());
        assertEquals("templateId=99 not in 1..20", verifier.reason());
        assertEquals(false, verifier.verdict().closesConnection());
    }

    @Test
    void namesTheFieldThatIsOutOfItsRangeAndKeepsTheConnection() {
        final UnsafeBuffer frame = frame(MessageKind.DECIDE_REQUEST);
        frame.putShort(BODY_OFFSET + 12, (short) 1025, BYTE_ORDER);
        frame.putLong(BODY_OFFSET, 42, BYTE_ORDER);
        assertEquals(FrameVerdict.INVALID_FIELD, verifier.verify(frame, 0, frame.capacity()));
        assertEquals("queryCount=1025 not in 1..1024 (templateId=3)", verifier.reason());
        assertEquals(Optional.of(ErrorCode.INVALID_REQUEST), verifier.verdict().errorCode());
        assertEquals(42, verifier.correlationId());
    }

    @ParameterizedTest
    @CsvSource({
        "DECIDE_REQUEST, 12, 0, queryCount=0",
        "DECIDE_REQUEST, 14, 0, featureCount=0",
        "DECIDE_REQUEST, 14, 17, featureCount=17",
        "DECIDE_REQUEST, 15, 2, encoding=2",
        "DECIDE_REQUEST, 16, 255, layout=255",
        "PUBLISH, 8, 3, role=3",
        "ROLLBACK, 8, 255, target=255",
        "STATS_REQUEST, 8, 1, format=1",
        "HELLO_ACK, 38, 3, baselineArm=3"
    })
    void refusesAByteOutOfItsRange(final MessageKind kind, final int field, final int value, final String reason) {
        final UnsafeBuffer frame = frame(kind);
        frame.putByte(BODY_OFFSET + field, (byte) value);
        if (field == 12) {
            frame.putByte(BODY_OFFSET + field + 1, (byte) 0);
        }
        assertEquals(FrameVerdict.INVALID_FIELD, verifier.verify(frame, 0, frame.capacity()));
        assertTrue(verifier.reason().startsWith(reason + " not in "), verifier.reason());
    }

    @ParameterizedTest
    @CsvSource({"8, -1", "8, Infinity", "12, 1.01", "16, -0.5", "20, 2", "24, 1.5"})
    void refusesAnOutcomeOutOfItsRange(final int field, final float value) {
        final UnsafeBuffer frame = frame(MessageKind.OUTCOME);
        frame.putFloat(BODY_OFFSET + field, value, BYTE_ORDER);
        assertEquals(FrameVerdict.INVALID_FIELD, verifier.verify(frame, 0, frame.capacity()));
        frame.putFloat(BODY_OFFSET + field, Float.NaN, BYTE_ORDER);
        assertEquals(FrameVerdict.VALID, verifier.verify(frame, 0, frame.capacity()));
    }

    @Test
    void refusesATableKeyThatNoTableCanHave() {
        final UnsafeBuffer frame = frame(MessageKind.HELLO);
        frame.putByte(BODY_OFFSET + 10 + 2, (byte) '/');
        assertEquals(FrameVerdict.INVALID_FIELD, verifier.verify(frame, 0, frame.capacity()));
        assertTrue(verifier.reason().startsWith("table key index character=47"), verifier.reason());
    }

    @Test
    void saysThatTheCallersBufferIsTooShortRatherThanReadPastIt() {
        final UnsafeBuffer frame = frame(MessageKind.HELLO);
        assertThrows(IndexOutOfBoundsException.class, () -> verifier.verify(frame, 1, frame.capacity()));
    }

    @Test
    void judgesTheNextGoodFrameAfterABadOne() {
        final UnsafeBuffer bad = frame(MessageKind.PUBLISH);
        bad.putByte(BODY_OFFSET + 8, (byte) 9);
        assertEquals(FrameVerdict.INVALID_FIELD, verifier.verify(bad, 0, bad.capacity()));
        final UnsafeBuffer good = frame(MessageKind.PUBLISH);
        assertEquals(FrameVerdict.VALID, verifier.verify(good, 0, good.capacity()));
        assertEquals("valid", verifier.reason());
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAMessageThatAnotherTransportHasCutOut(final MessageKind kind) {
        final byte[] frame = new RandomFrames(SEED).frame(kind);
        final byte[] message = Arrays.copyOfRange(frame, PREFIX_LENGTH, frame.length);
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        assertEquals(FrameVerdict.VALID, verifier.verifyMessage(buffer, 0, message.length), verifier.reason());
        for (int length = 0; length < message.length; length++) {
            final UnsafeBuffer cut = new UnsafeBuffer(Arrays.copyOf(message, length));
            assertEquals(FrameVerdict.MALFORMED, verifier.verifyMessage(cut, 0, length), kind + " cut at " + length);
        }
    }

    private static UnsafeBuffer frame(final MessageKind kind) {
        return new UnsafeBuffer(new RandomFrames(SEED).frame(kind));
    }
}
