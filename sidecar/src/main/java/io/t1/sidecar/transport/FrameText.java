package io.t1.sidecar.transport;

import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameVerifier;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** The texts of a frame that a verifier has found valid. Threading: any. Allocation: the texts. */
final class FrameText {
    private FrameText() {}

    /** The table key whose three parts are variable data from {@code firstDatum} on. */
    static TableKey key(final DirectBuffer in, final FrameVerifier frame, final int firstDatum) {
        return new TableKey(
                text(in, frame, firstDatum), text(in, frame, firstDatum + 1), text(in, frame, firstDatum + 2));
    }

    private static String text(final DirectBuffer in, final FrameVerifier frame, final int datum) {
        final byte[] bytes = new byte[frame.dataLength(datum)];
        in.getBytes(frame.dataOffset(datum), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
