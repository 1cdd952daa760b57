package io.t1.sidecar.transport;

import io.t1.codec.frame.DecideResponseColumns;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.ReplyFrames;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.PhaseTiming;
import io.t1.gating.ReaderEpochs;
import io.t1.sidecar.stats.LoopStats;
import java.util.concurrent.Executor;
import org.agrona.ExpandableArrayBuffer;

/**
 * What all clients of one serving thread share: they are served one after the other, so one of each is enough.
 *
 * <p>Threading: that thread, an event loop or one that serves rings; {@link #close} once it has ended. Allocation: in the
 * constructor only.
 */
public final class DecisionLoop implements AutoCloseable {
    final FrameVerifier verifier = new FrameVerifier();
    final DecideRequestDecoder request = new DecideRequestDecoder();
    final OutcomeDecoder outcome = new OutcomeDecoder();
    final DecideResponseColumns response = new DecideResponseColumns();
    final ReplyFrames replies = new ReplyFrames();
    final ExpandableArrayBuffer replyBuffer = new ExpandableArrayBuffer();
    final GatheredQueries gathered = new GatheredQueries();
    final DecisionBatch batch = new DecisionBatch(DecisionBatch.MAX_QUERIES);
    final BatchDecider decider;
    final ReaderEpochs.Reader reader;
    final LoopStats stats;

    private static final int QUERIES_A_LOOK = 64;

    private final Executor endsOfPass;
    private final int maxBacklogQueries;
    private final Runnable endOfPass = this::endPass;
    private int queriesInPass;
    private long seenNanos = System.nanoTime();
    private int queriesSinceSeen;
    private boolean draining;

    /**
     * @param endsOfPass runs what it is given on the loop's thread, once the pass under way has served every client that
     *     had sent something.
     * @param index of the loop, 0 to 127; no other of the server has it.
     * @param epoch Unix time in milliseconds of the server's start.
     */
    public DecisionLoop(
            final Executor endsOfPass,
            final int index,
            final long epoch,
            final long seed,
            final int maxBacklogQueries,
            final ReaderEpochs epochs,
            final LoopStats stats) {
        this.endsOfPass = endsOfPass;
        this.maxBacklogQueries = maxBacklogQueries;
        this.stats = stats;
        reader = epochs.newReader();
        decider = new BatchDecider(seed + index, firstDecisionId(index, epoch), PhaseTiming.OFF);
    }

    /**
     * Where a loop's decision ids start: seven bits of loop, then milliseconds since 1970 times 2^15. Ids of two runs
     * meet only if a loop decides more than 32,768 times a millisecond from one start to the next.
     */
    static long firstDecisionId(final int index, final long epoch) {
        return ((long) index << 56) | (epoch << 15);
    }

    /**
     * Takes queries on. One pass of the loop over its clients may take on so many; what lies beyond would wait too long
     * and is answered by the baseline.
     *
     * @return whether they are to be decided.
     */
    boolean takeOn(final int queries) {
        if (queriesInPass == 0) {
            endsOfPass.execute(endOfPass);
        }
        queriesInPass += queries;
        queriesSinceSeen += queries;
        return queriesInPass <= maxBacklogQueries || queriesInPass == queries;
    }

    /** Requests have arrived, at a time that the clock has just told, or have waited since. */
    void arrived(final long arrivedNanos) {
        if (arrivedNanos - seenNanos > 0) {
            seenNanos = arrivedNanos;
            queriesSinceSeen = 0;
        }
    }

    /**
     * About now: the latest arrival, or what the clock said at most {@value #QUERIES_A_LOOK} queries, some microseconds,
     * ago. A look at the clock for each request would cost a tenth of what the request does.
     */
    long roughlyNow() {
        if (queriesSinceSeen >= QUERIES_A_LOOK) {
            seenNanos = System.nanoTime();
            queriesSinceSeen = 0;
        }
        return seenNanos;
    }

    /** Has the clock asked before the next request is answered: some have waited. */
    void waited() {
        queriesSinceSeen = QUERIES_A_LOOK;
    }

    private void endPass() {
        queriesInPass = 0;
    }

    /**
     * Puts an end to a pass that an error of the JVM broke off anywhere, even between entering and the try that leaves:
     * without it no snapshot read then would ever be closed, and what was taken on would count for good.
     */
    public void abandonPass() {
        gathered.clear();
        reader.leave();
        endPass();
    }

    /** From here on new requests are refused. */
    public void drain() {
        draining = true;
    }

    /** Cuts and verifies the frames that came in; what it says holds until the next is verified. */
    public FrameVerifier verifier() {
        return verifier;
    }

    /** What this loop counts. */
    public LoopStats stats() {
        return stats;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void close() {
        reader.close();
    }
}
