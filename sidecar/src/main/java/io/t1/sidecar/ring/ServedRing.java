package io.t1.sidecar.ring;

import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.ring.RingConsumer;
import io.t1.codec.ring.RingFile;
import io.t1.codec.ring.RingProducer;
import io.t1.codec.ring.SleepWord;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.RingWaiting;
import io.t1.sidecar.transport.DecisionFrames;
import io.t1.sidecar.transport.DecisionLoop;
import io.t1.sidecar.transport.ReplySink;
import io.t1.sidecar.transport.RingClient;
import io.t1.sidecar.transport.ServerParts;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client's ring: takes requests, has them answered, publishes the answers.
 *
 * <p>A request is taken only while the longest answer has room, so a client that doesn't take its answers isn't read.
 *
 * <p>Threading: the thread that serves the ring, once it has {@link #ServedRing made} it. Allocation: none for decisions
 * in steady state.
 */
final class ServedRing implements ReplySink {
    /** Requests answered before other rings have their turn. */
    static final int MAX_FRAMES_A_TURN = 16;

    /** What {@link #serve} says of a ring that has ended. */
    static final int OVER = -1;

    /** No Hello's or Error's answer is longer. */
    private static final int MAX_REPLY_BYTES = DecideResponseFrame.frameLength(FrameDescriptor.MAX_QUERIES);

    private final RingFile file;
    private final RingConsumer requests;
    private final RingProducer responses;
    private final SleepWord serverSleep;
    private final SleepWord clientSleep;
    private final boolean clientSleeps;
    private final RingClient client;
    private final DecisionLoop loop;
    private final DecisionFrames frames;
    private String fault = "";

    ServedRing(
            final RingFile file,
            final RingWaiting clientWaits,
            final RingClient client,
            final ServerParts parts,
            final DecisionLoop loop) {
        this.file = file;
        this.client = client;
        this.loop = loop;
        requests = file.requestConsumer();
        responses = file.responseProducer();
        serverSleep = file.serverSleep();
        clientSleep = file.clientSleep();
        clientSleeps = clientWaits == RingWaiting.SLEEPS;
        frames = new DecisionFrames(parts, loop, this);
    }

    /**
     * Answers what has come, up to {@link #MAX_FRAMES_A_TURN}.
     *
     * @return how many frames, or {@link #OVER} once {@link #fault()} says why.
     */
    int serve() {
        if (!isDue()) {
            return 0;
        }
        frames.begin(System.nanoTime());
        int served = 0;
        try {
            do {
                final int length = requests.read();
                if (length == RingConsumer.NONE) {
                    break; // padding only
                }
                if (length == RingConsumer.BROKEN) {
                    fault = "it holds what no client writes";
                    return OVER;
                }
                if (!answer(length)) {
                    return OVER;
                }
                served++;
            } while (served < MAX_FRAMES_A_TURN && isDue());
        } finally {
            frames.end();
        }
        if (served > 0 && clientSleeps && clientSleep.takeSleeper()) {
            client.wake();
        }
        return served;
    }

    private boolean answer(final int length) {
        final UnsafeBuffer in = requests.frame();
        final FrameVerifier verifier = loop.verifier();
        final FrameVerdict verdict = verifier.verify(in, 0, length);
        if (verdict.closesConnection() || verifier.frameLength() != length) {
            fault = "it holds no frame of this protocol: " + verifier.reason();
            return false;
        }
        loop.stats().ringRequest(length);
        if (verdict != FrameVerdict.VALID) {
            frames.refuse(verdict);
        } else if (!frames.next(in, frames.turn())) {
            frames.refuse(
                    ErrorCode.INVALID_REQUEST,
                    "templateId=" + verifier.templateId() + " doesn't travel in a ring: send it over the socket");
        }
        return true;
    }

    @Override
    public boolean takesFramesTogether() {
        return false; // each has a place of its own in the ring
    }

    @Override
    public UnsafeBuffer reserve(final int length) {
        final UnsafeBuffer room = responses.reserve(length);
        if (room == null) {
            throw new IllegalStateException("an answer of " + length + " bytes > " + MAX_REPLY_BYTES);
        }
        return room;
    }

    @Override
    public void commit(final int length) {
        responses.commit(length);
        loop.stats().bytes(0, length);
    }

    /** Whether {@link #serve} would do something. */
    boolean isDue() {
        return requests.hasFrame() && responses.hasRoom(MAX_REPLY_BYTES);
    }

    /** Whether requests wait for the client to take answers: nobody tells when it does. */
    boolean isStalled() {
        return requests.hasFrame() && !responses.hasRoom(MAX_REPLY_BYTES);
    }

    /** Ends it for a reason other than {@link #serve}'s. */
    void end(final String reason) {
        fault = reason;
    }

    /** Tells the client that its ring has ended. */
    void tellLost() {
        client.lost(fault);
    }

    /** Tells the client that it has to wake this side. */
    void sleeps() {
        serverSleep.sleeps();
    }

    /** Tells it that it need not. */
    void isUp() {
        serverSleep.isUp();
    }

    /** Why it is over. */
    String fault() {
        return fault;
    }

    RingFile file() {
        return file;
    }
}
