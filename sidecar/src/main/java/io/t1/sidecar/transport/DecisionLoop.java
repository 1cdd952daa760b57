package io.t1.sidecar.transport;

import io.netty.channel.EventLoop;
import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.ReplyFrames;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.PhaseTiming;
import io.t1.gating.ReaderEpochs;
import io.t1.sidecar.stats.LoopStats;
import org.agrona.ExpandableArrayBuffer;

/**
 * What all connections of one event loop share: they are served one after the other, so one of each is enough.
 *
 * <p>Threading: its event loop; {@link #close} once that has ended. Allocation: in the constructor only.
 */
final class DecisionLoop implements AutoCloseable {
    final FrameVerifier verifier = new FrameVerifier();
    final DecideRequestDecoder request = new DecideRequestDecoder();
    final OutcomeDecoder outcome = new OutcomeDecoder();
    final DecideResponseFrame response = new DecideResponseFrame();
    final ReplyFrames replies = new ReplyFrames();
    final ExpandableArrayBuffer replyBuffer = new ExpandableArrayBuffer();
    final DecisionBatch batch = new DecisionBatch(DecisionBatch.MAX_QUERIES);
    final BatchDecider decider;
    final ReaderEpochs.Reader reader;
    final LoopStats stats;

    private final EventLoop eventLoop;
    private final int maxBacklogQueries;
    private final Runnable endOfPass = this::endPass;
    private int queriesInPass;
    private boolean draining;

    /**
     * @param index of the loop, 0 to 127.
     * @param epoch Unix time in milliseconds of the server's start.
     */
    DecisionLoop(
            final EventLoop eventLoop,
            final int index,
            final long epoch,
            final long seed,
            final int maxBacklogQueries,
            final ReaderEpochs epochs,
            final LoopStats stats) {
        this.eventLoop = eventLoop;
        this.maxBacklogQueries = maxBacklogQueries;
        this.stats = stats;
        reader = epochs.newReader();
        decider = new BatchDecider(seed + index, firstDecisionId(index, epoch), PhaseTiming.ON);
    }

    /**
     * Where a loop's decision ids start: seven bits of loop, then milliseconds since 1970 times 2^15. Ids of two runs
     * meet only if a loop decides more than 32,768 times a millisecond from one start to the next.
     */
    static long firstDecisionId(final int index, final long epoch) {
        return ((long) index << 56) | (epoch << 15);
    }

    /**
     * Takes queries on. One pass of the loop over its sockets may take on so many; what lies beyond would wait too long
     * and is answered by the baseline.
     *
     * @return whether they are to be decided.
     */
    boolean takeOn(final int queries) {
        if (queriesInPass == 0) {
            eventLoop.execute(endOfPass); // runs when this pass has served every socket that was readable
        }
        queriesInPass += queries;
        return queriesInPass <= maxBacklogQueries || queriesInPass == queries;
    }

    private void endPass() {
        queriesInPass = 0;
    }

    /** From here on new requests are refused. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void close() {
        reader.close();
    }
}
