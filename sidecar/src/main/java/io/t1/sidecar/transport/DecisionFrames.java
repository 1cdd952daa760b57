package io.t1.sidecar.transport;

import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.journal.ObservationJournal;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers one client's frames of the decision path, Hello, DecideRequest and Outcome, whatever carried them.
 *
 * <p>Threading: the thread of its {@link DecisionLoop}. Allocation: none for decisions and outcomes in steady state.
 */
public final class DecisionFrames {
    private final DecisionLoop loop;
    private final Refusals refusals;
    private final DecideEndpoint decides;
    private final HelloEndpoint hellos;
    private final @Nullable ObservationJournal journal;
    private long arrivedNanos;

    /** Answers into {@code out}. */
    public DecisionFrames(final ServerParts server, final DecisionLoop loop, final ReplySink out) {
        this.loop = loop;
        journal = server.journal();
        refusals = new Refusals(loop, out);
        decides = new DecideEndpoint(loop, out, refusals, journal);
        hellos = new HelloEndpoint(server.served(), loop, out, decides, refusals);
    }

    /**
     * Answers one frame that arrived alone: {@link #begin}, {@link #next}, {@link #end}.
     *
     * @param arrivedNanos when its bytes were read.
     */
    public boolean answer(final UnsafeBuffer in, final long arrivedNanos, final long startedNanos) {
        begin(arrivedNanos);
        try {
            return next(in, startedNanos);
        } finally {
            end();
        }
    }

    /**
     * Begins to answer frames that arrived together: until {@link #end}, snapshots of tables stay open.
     *
     * @param arrivedNanos when their bytes were read.
     */
    public void begin(final long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
        loop.arrived(arrivedNanos);
        loop.reader.enter();
    }

    /** Ends it: the answers are written. */
    public void end() {
        try {
            decides.answerGathered();
        } finally {
            loop.reader.leave();
            loop.stats.answered(arrivedNanos);
        }
    }

    /** When the next frame's turn came, for {@link #next}: the clock is asked only if it is to be timed. */
    public long turn() {
        return loop.stats.timesNext() ? System.nanoTime() : arrivedNanos;
    }

    /**
     * Answers the frame that the loop's verifier has just found valid, if it is of the decision path or a drain has
     * begun.
     *
     * @param in the buffer that was verified; read until this returns.
     * @param startedNanos when its turn came; it counts only where the parts of its way are timed.
     * @return false for another message, which is then the caller's to answer.
     */
    public boolean next(final UnsafeBuffer in, final long startedNanos) {
        final MessageKind kind = loop.verifier.kind();
        if (kind != MessageKind.DECIDE_REQUEST) {
            decides.answerGathered(); // answers leave in the order of their requests
        }
        if (loop.isDraining() && kind != MessageKind.OUTCOME) {
            decides.answerGathered();
            refusals.refuse(ErrorCode.DRAINING, "the server is shutting down");
            return true;
        }
        loop.stats.request();
        switch (kind) {
            case DECIDE_REQUEST -> decides.answer(in, arrivedNanos, startedNanos);
            case OUTCOME -> outcome(in);
            case HELLO -> hellos.answer(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void outcome(final UnsafeBuffer in) {
        loop.stats.outcome();
        final ObservationJournal journal = this.journal;
        if (journal != null) {
            final FrameVerifier frame = loop.verifier;
            loop.outcome.wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version());
            journal.offerOutcome(loop.outcome);
        }
    }

    /** Refuses the frame that the loop's verifier has just found to be other than valid. */
    public void refuse(final FrameVerdict verdict) {
        decides.answerGathered();
        refusals.refuse(verdict.errorCode().orElse(ErrorCode.INTERNAL), loop.verifier.reason());
    }

    /** Refuses the frame that the loop's verifier looked at last. */
    public void refuse(final ErrorCode code, final String text) {
        decides.answerGathered();
        refusals.refuse(code, text);
    }

    Refusals refusals() {
        return refusals;
    }
}
