package io.t1.codec.frame;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;

class FrameVerifierFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void readsOnlyWhatItHasProved(final byte[] stream) {
        final FrameVerifier verifier = new FrameVerifier();
        final UnsafeBuffer buffer = new UnsafeBuffer(stream);
        int at = 0;
        while (at < stream.length) {
            final FrameVerdict verdict = verifier.verify(buffer, at, stream.length - at);
            if (verdict == FrameVerdict.INCOMPLETE || verdict.closesConnection()) {
                return;
            }
            if (verdict == FrameVerdict.VALID) {
                assertTrue(FieldReader.readAll(buffer, verifier)
                        .startsWith(verifier.kind().name()));
            }
            at += verifier.frameLength();
        }
    }
}
