package io.t1.codec.frame;

import io.t1.codec.wire.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link FrameVerifier} found. */
public enum FrameVerdict {
    /** A whole frame whose lengths, counts and fields hold: safe to read with the flyweights. */
    VALID(null, Connection.STAYS),
    /** Nothing wrong so far; more bytes are needed. */
    INCOMPLETE(null, Connection.STAYS),
    /** The prefix claims more than {@link FrameDescriptor#MAX_FRAME_LENGTH}. */
    FRAME_TOO_LONG(ErrorCode.FRAME_TOO_LONG, Connection.CLOSES),
    /** The bytes are no message of this schema, or lengths inside disagree with the frame's. */
    MALFORMED(ErrorCode.MALFORMED_FRAME, Connection.CLOSES),
    /** A sound frame with a template id that this build doesn't know: answer, skip it, go on. */
    UNKNOWN_MESSAGE(ErrorCode.UNKNOWN_MESSAGE, Connection.STAYS),
    /** A sound frame with a field out of its range: answer, skip it, go on. */
    INVALID_FIELD(ErrorCode.INVALID_REQUEST, Connection.STAYS);

    private final Optional<ErrorCode> errorCode;
    private final Connection connection;

    FrameVerdict(final @Nullable ErrorCode errorCode, final Connection connection) {
        this.errorCode = Optional.ofNullable(errorCode);
        this.connection = connection;
    }

    /** What to answer with; empty when there is nothing wrong. */
    public Optional<ErrorCode> errorCode() {
        return errorCode;
    }

    /** Whether the place of the next frame is lost. */
    public boolean closesConnection() {
        return connection == Connection.CLOSES;
    }

    private enum Connection {
        STAYS,
        CLOSES
    }
}
