package io.t1.codec.client;

import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a {@link DecideCall} holds, and waits for the answer until the deadline.
 *
 * <p>Threading: one thread. Allocation: none.
 */
final class DecideExchange {
    private final ServerErrors errors = new ServerErrors();
    private final DecideResponseDecoder response = new DecideResponseDecoder();
    private final Session session;
    private final DecideCall call;
    private final NanoClock clock;
    private final long deadlineNs;
    private @Nullable Decision one;
    private @Nullable Decisions many;
    private long awaitedId;
    private boolean answered;
    private DegradedReason answer = DegradedReason.NONE;
    private String lastError = "";

    DecideExchange(final Session session, final ClientContext context, final DecideCall call) {
        this.session = session;
        this.call = call;
        clock = context.nanoClock();
        deadlineNs = context.deadlineNs();
    }

    /** NONE when the answer is in {@code out}; else why there is none. */
    DegradedReason into(final Decision out) {
        one = out;
        return exchange();
    }

    /** NONE when the answer is in {@code out}; else why there is none. */
    DegradedReason into(final Decisions out) {
        many = out;
        return exchange();
    }

    /** What the last request was refused for; empty when none was. */
    String lastError() {
        return lastError;
    }

    /** Asks, and asks once more if the table's features have changed or the connection was lost. */
    private DegradedReason exchange() {
        final long startedNs = clock.nanoTime();
        final long untilNs = startedNs + deadlineNs;
        DegradedReason reason = exchangeOnce(startedNs, untilNs);
        if (reason == DegradedReason.STALE_FEATURES || reason == DegradedReason.NOT_CONNECTED) {
            reason = exchangeOnce(clock.nanoTime(), untilNs);
        }
        call.clear();
        one = null;
        many = null;
        return reason;
    }

    /** The clock is read once when the answer comes in the first wait, as it mostly does: a read costs as much as a hop. */
    private DegradedReason exchangeOnce(final long startedNs, final long untilNs) {
        long remainingNs = untilNs - startedNs;
        if (!session.isServing()) {
            final DegradedReason unready = session.awaitReady(untilNs);
            if (unready != DegradedReason.NONE) {
                return unready;
            }
            remainingNs = untilNs - clock.nanoTime();
        }
        awaitedId = session.nextId();
        answered = false;
        final DegradedReason unsent = session.send(call, awaitedId, remainingNs);
        if (unsent != DegradedReason.NONE) {
            return unsent;
        }
        session.flush(); // no poll yet: nothing can have come back, and a read in vain costs as much as one that isn't
        while (remainingNs > 0) {
            if (Thread.currentThread().isInterrupted()) {
                return DegradedReason.INTERRUPTED;
            }
            session.await(remainingNs);
            session.poll(); // sends what is still queued, too
            if (answered) {
                return answer;
            }
            remainingNs = untilNs - clock.nanoTime();
        }
        return DegradedReason.DEADLINE;
    }

    void onReply(final DirectBuffer buffer, final FrameVerifier frame) {
        if (frame.correlationId() != awaitedId || answered) {
            return; // too late: its call has been answered with the baseline
        }
        if (frame.kind() == MessageKind.DECIDE_RESPONSE && frame.groupCount() == call.count()) {
            onDecisions(buffer, frame);
        } else if (frame.kind() == MessageKind.ERROR) {
            onError(buffer, frame);
        } else {
            session.disconnect("the sidecar answered " + call.count() + " queries with a " + frame.kind() + " of "
                    + frame.groupCount());
        }
    }

    void onDisconnect() {
        if (!answered) {
            answered = true;
            answer = DegradedReason.NOT_CONNECTED;
        }
    }

    private void onDecisions(final DirectBuffer buffer, final FrameVerifier frame) {
        response.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final long tableVersion = response.tableVersion();
        if (one != null) {
            one.read(response.decisions().next(), tableVersion);
        } else if (many != null) {
            many.read(tableVersion, response.decisions());
        }
        answered = true;
        answer = DegradedReason.NONE;
    }

    private void onError(final DirectBuffer buffer, final FrameVerifier frame) {
        final ErrorCode code = errors.code(buffer, frame);
        answered = true;
        answer = ServerErrors.reason(code);
        if (answer == DegradedReason.STALE_FEATURES || code == ErrorCode.UNKNOWN_TABLE) {
            session.onStaleFeatures(awaitedId);
        } else if (answer == DegradedReason.REFUSED) {
            lastError = code + ": " + errors.text(buffer, frame);
        }
    }
}
