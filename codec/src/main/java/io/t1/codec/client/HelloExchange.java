package io.t1.codec.client;

import io.t1.codec.FallbackDecision;
import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's Hello stands, and what the last HelloAck told, which outlives the connection.
 *
 * <p>Threading: one thread. Allocation: when a reply to a Hello comes.
 */
final class HelloExchange {
    private enum State {
        UNSENT,
        SENT,
        ACKED,
        REFUSED
    }

    private final HelloAckReader reader = new HelloAckReader();
    private final ServerErrors errors = new ServerErrors();
    private final ClientContext context;
    private final Backoff backoff;
    private @Nullable TableDescription table;
    private @Nullable FeatureMapping mapping;
    private FallbackDecision fallback;
    private State state = State.UNSENT;
    private DegradedReason refusal = DegradedReason.NOT_READY;
    private String fault = "";
    private long correlationId;
    private long sentAtNs;
    private long retryAtNs;

    HelloExchange(final ClientContext context) {
        this.context = context;
        backoff = context.newBackoff(1);
        fallback = context.fallback();
    }

    /** Starts over: a new connection, or features that have changed. */
    void reset() {
        state = State.UNSENT;
    }

    /** Whether to say hello now. */
    boolean isDue(final long nowNs) {
        return state == State.UNSENT || (state == State.REFUSED && nowNs - retryAtNs >= 0);
    }

    /** Lets a refused one be due now. */
    void retryAt(final long nowNs) {
        retryAtNs = nowNs;
    }

    void sent(final long correlationId, final long nowNs) {
        this.correlationId = correlationId;
        sentAtNs = nowNs;
        state = State.SENT;
    }

    /** Whether no answer has come for longer than this. */
    boolean isOverdue(final long nowNs, final long timeoutNs) {
        return state == State.SENT && nowNs - sentAtNs > timeoutNs;
    }

    /** Takes a reply in, if it is this Hello's. */
    boolean onReply(final DirectBuffer buffer, final FrameVerifier frame, final long nowNs) {
        if (state != State.SENT || frame.correlationId() != correlationId) {
            return false;
        }
        if (frame.kind() == MessageKind.HELLO_ACK) {
            final TableDescription acked = reader.read(buffer, frame);
            table = acked;
            mapping = new FeatureMapping(acked, context.features());
            fallback = acked.baseline();
            state = State.ACKED;
            backoff.reset();
            return true;
        }
        if (frame.kind() == MessageKind.ERROR) {
            final ErrorCode code = errors.code(buffer, frame);
            fault = code + ": " + errors.text(buffer, frame);
            refusal = ServerErrors.reason(code);
            retryAtNs = nowNs + backoff.nextDelayNs();
            state = State.REFUSED;
            return true;
        }
        return false;
    }

    boolean isUnsent() {
        return state == State.UNSENT;
    }

    boolean isAcked() {
        return state == State.ACKED;
    }

    boolean isRefused() {
        return state == State.REFUSED;
    }

    /** Why the last one was refused. */
    DegradedReason refusal() {
        return refusal;
    }

    /** The same for people. */
    String fault() {
        return fault;
    }

    /** The baseline that the sidecar told last, else the context's. */
    FallbackDecision fallback() {
        return fallback;
    }

    @Nullable
    TableDescription table() {
        return table;
    }

    @Nullable
    FeatureMapping mapping() {
        return mapping;
    }
}
