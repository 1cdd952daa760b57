package io.t1.codec.client;

import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.ErrorDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads Error messages that have been verified.
 *
 * <p>Threading: one thread. Allocation: none but for the text.
 */
final class ServerErrors {
    private static final ErrorCode[] CODES = ErrorCode.values();

    private final ErrorDecoder decoder = new ErrorDecoder();

    /** The code; {@link ErrorCode#INTERNAL} for one that this build doesn't know. */
    ErrorCode code(final DirectBuffer buffer, final FrameVerifier frame) {
        final int raw = wrap(buffer, frame).codeRaw();
        for (final ErrorCode code : CODES) {
            if (code.value() == raw && code != ErrorCode.NULL_VAL) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    String text(final DirectBuffer buffer, final FrameVerifier frame) {
        return wrap(buffer, frame).text();
    }

    /** What a refused decision is degraded for. */
    static DegradedReason reason(final ErrorCode code) {
        return switch (code) {
            case NOT_READY, UNKNOWN_TABLE -> DegradedReason.NOT_READY;
            case OVERLOADED -> DegradedReason.OVERLOADED;
            case DRAINING -> DegradedReason.DRAINING;
            case STALE_FEATURES -> DegradedReason.STALE_FEATURES;
            case DEADLINE_EXCEEDED -> DegradedReason.DEADLINE;
            default -> DegradedReason.REFUSED;
        };
    }

    private ErrorDecoder wrap(final DirectBuffer buffer, final FrameVerifier frame) {
        return decoder.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
    }
}
