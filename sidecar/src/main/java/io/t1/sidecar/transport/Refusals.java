package io.t1.sidecar.transport;

import io.t1.codec.wire.ErrorCode;

/**
 * Writes a client's Error frames, and counts them.
 *
 * <p>Threading: the thread that serves the client. Allocation: the text.
 */
final class Refusals {
    /** An error's frame is never longer. */
    private static final int MAX_FRAME_BYTES = 8 * 1024;

    private final DecisionLoop loop;
    private final ReplySink out;

    Refusals(final DecisionLoop loop, final ReplySink out) {
        this.loop = loop;
        this.out = out;
    }

    /** Refuses the frame that the loop's verifier looked at last. */
    void refuse(final ErrorCode code, final String text) {
        refuse(loop.verifier.correlationId(), code, text);
    }

    /** Refuses a frame by its correlation id; 0 when it can't be told. */
    void refuse(final long correlationId, final ErrorCode code, final String text) {
        loop.stats.error(code);
        out.commit(loop.replies.error(out.reserve(MAX_FRAME_BYTES), 0, correlationId, code, text));
    }
}
