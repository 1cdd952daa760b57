package io.t1.sidecar.transport;

import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.DecisionFlag;
import io.t1.gating.PhaseTiming;
import io.t1.gating.TableSnapshot;
import io.t1.sidecar.journal.ObservationJournal;
import io.t1.sidecar.stats.LoopStats;
import io.t1.sidecar.stats.Phase;
import io.t1.sidecar.tables.ServedTable;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers one client's DecideRequests, in place: the request is read where it arrived, the response written where it
 * leaves from. The loop's reader is inside meanwhile.
 *
 * <p>Requests of one query that come one after the other are gathered and decided as one batch, which costs each a
 * fraction; each has its own answer. {@link #answerGathered} must come before anything else is written to the client.
 *
 * <p>Threading: the thread that serves the client. Allocation: none, but for refusals.
 */
final class DecideEndpoint {
    /** Tables that one connection may name. */
    static final int MAX_TABLES = 1024;

    private static final long NANOS_PER_MICRO = 1_000;

    private final DecisionLoop loop;
    private final ReplySink out;
    private final Refusals refusals;
    private final @Nullable ObservationJournal journal;
    private ServedTable[] tables = new ServedTable[4];
    private int tableCount;

    DecideEndpoint(
            final DecisionLoop loop,
            final ReplySink out,
            final Refusals refusals,
            final @Nullable ObservationJournal journal) {
        this.journal = journal;
        this.loop = loop;
        this.out = out;
        this.refusals = refusals;
    }

    /**
     * The handle of a table on this connection, the same each time.
     *
     * @return 1 or more; 0 when there are {@link #MAX_TABLES} already.
     */
    int handleOf(final ServedTable table) {
        for (int i = 0; i < tableCount; i++) {
            if (tables[i] == table) {
                return i + 1;
            }
        }
        if (tableCount == MAX_TABLES) {
            return 0;
        }
        if (tableCount == tables.length) {
            tables = Arrays.copyOf(tables, 2 * tableCount);
        }
        tables[tableCount++] = table;
        return tableCount;
    }

    /**
     * Answers the frame that the loop's verifier has just found valid.
     *
     * @param arrivedNanos when its bytes were read.
     * @param startedNanos when its turn came; read if the loop times it.
     */
    void answer(final UnsafeBuffer in, final long arrivedNanos, final long startedNanos) {
        final FrameVerifier frame = loop.verifier;
        final DecideRequestDecoder request = loop.request;
        request.wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version());
        final int handle = (int) request.tableHandle();
        if (handle < 1 || handle > tableCount) {
            refuse(ErrorCode.UNKNOWN_TABLE, "tableHandle names no table of this connection: say hello first");
            return;
        }
        final long deadlineMicros = request.deadlineMicros();
        if (deadlineMicros != 0 && loop.roughlyNow() - arrivedNanos > deadlineMicros * NANOS_PER_MICRO) {
            refuse(ErrorCode.DEADLINE_EXCEEDED, "the deadline passed before the request's turn came");
            return;
        }
        final TableSnapshot snapshot = tables[handle - 1].slot().get(loop.reader);
        if (snapshot == null) {
            refuse(ErrorCode.NOT_READY, "no table of this key is active");
        } else if (!accepts(snapshot, request)) {
            return;
        } else if (isGathered(request)) {
            gather(snapshot, request, in, startedNanos);
        } else {
            answerGathered();
            decide(snapshot, request, in, startedNanos);
            respond(request.correlationId(), loop.batch);
        }
    }

    private boolean isGathered(final DecideRequestDecoder request) {
        return out.takesFramesTogether()
                && request.queryCount() == 1
                && request.encoding() == FeatureEncoding.FLOAT32
                && loop.verifier.dataLength(1) == 0;
    }

    private void gather(
            final TableSnapshot snapshot,
            final DecideRequestDecoder request,
            final UnsafeBuffer in,
            final long startedNanos) {
        if (!loop.takeOn(1)) {
            answerGathered();
            shed(snapshot, 1);
            respond(request.correlationId(), loop.batch);
            return;
        }
        final GatheredQueries gathered = loop.gathered;
        if (!gathered.hasRoomFor(snapshot)) {
            answerGathered();
        }
        gathered.add(snapshot, in, loop.verifier.dataOffset(0), request.correlationId());
        if (loop.stats.timesNext()) {
            loop.stats.record(Phase.DECODE, System.nanoTime() - startedNanos);
            gathered.timesLast();
        }
        loop.stats.written();
    }

    /** Decides the requests that were gathered, if any were, and writes their answers. */
    void answerGathered() {
        final GatheredQueries gathered = loop.gathered;
        final TableSnapshot snapshot = gathered.snapshot();
        if (snapshot == null) {
            return;
        }
        final int count = gathered.count();
        final int timed = gathered.timed();
        gathered.clear(); // first: what fails below isn't tried again
        final DecisionBatch batch = loop.batch;
        loop.decider.timing(timed > 0 ? PhaseTiming.ON : PhaseTiming.OFF);
        loop.decider.decideRows(snapshot, gathered.rows(), 0, null, 0, count, batch);
        count(snapshot, batch);
        final long startedNanos = timed > 0 ? System.nanoTime() : 0;
        final int length = count * DecideResponseFrame.frameLength(1);
        batch.writeTo(
                loop.response.wrapEach(out.reserve(length), gathered.correlationIds(), batch.tableVersion(), count));
        out.commit(length);
        if (timed > 0) {
            loop.decider.timing(PhaseTiming.OFF);
            loop.stats.record(Phase.KERNEL, loop.decider.lastKernelNanos(), timed);
            loop.stats.record(Phase.GATE, loop.decider.lastGateNanos(), timed);
            loop.stats.record(Phase.ENCODE, System.nanoTime() - startedNanos, timed);
        }
    }

    private void refuse(final ErrorCode code, final String text) {
        answerGathered();
        refusals.refuse(code, text);
    }

    private boolean accepts(final TableSnapshot snapshot, final DecideRequestDecoder request) {
        if (request.featureSetId() != snapshot.featureSetId()) {
            refuse(ErrorCode.STALE_FEATURES, "the table's features have changed: say hello again");
        } else if (request.encoding() == FeatureEncoding.CODES && request.quantiserId() != snapshot.quantiserId()) {
            refuse(ErrorCode.STALE_FEATURES, "the table's quantiser has changed: say hello again");
        } else if (request.featureCount() != snapshot.features()) {
            refuse(
                    ErrorCode.INVALID_REQUEST,
                    "featureCount=" + request.featureCount() + " != " + snapshot.features() + " of the table");
        } else {
            return true;
        }
        return false;
    }

    private void decide(
            final TableSnapshot snapshot,
            final DecideRequestDecoder request,
            final UnsafeBuffer in,
            final long startedNanos) {
        final DecisionBatch batch = loop.batch;
        final BatchDecider decider = loop.decider;
        final LoopStats stats = loop.stats;
        final int count = request.queryCount();
        if (!loop.takeOn(count)) {
            shed(snapshot, count);
            return;
        }
        final int features = loop.verifier.dataOffset(0);
        final DirectBuffer scores = loop.verifier.dataLength(1) == 0 ? null : in;
        final int scoresOffset = loop.verifier.dataOffset(1);
        final boolean byColumns = request.layout() == BatchLayout.COLUMNS;
        final boolean timed = stats.timesNext();
        if (timed) {
            stats.record(Phase.DECODE, System.nanoTime() - startedNanos);
            decider.timing(PhaseTiming.ON);
        }
        if (request.encoding() == FeatureEncoding.FLOAT32) {
            if (byColumns) {
                decider.decideColumns(snapshot, in, features, scores, scoresOffset, count, batch);
            } else {
                decider.decideRows(snapshot, in, features, scores, scoresOffset, count, batch);
            }
        } else if (byColumns) {
            decider.decideCodeColumns(snapshot, in, features, scores, scoresOffset, count, batch);
        } else {
            decider.decideCodeRows(snapshot, in, features, scores, scoresOffset, count, batch);
        }
        if (timed) {
            decider.timing(PhaseTiming.OFF);
            stats.record(Phase.KERNEL, decider.lastKernelNanos());
            stats.record(Phase.GATE, decider.lastGateNanos());
        }
        count(snapshot, batch);
    }

    private void shed(final TableSnapshot snapshot, final int count) {
        loop.decider.decideBaseline(snapshot, count, DecisionFlag.DEGRADED | DecisionFlag.OVERLOADED, loop.batch);
        loop.stats.decided(loop.batch);
    }

    private void count(final TableSnapshot snapshot, final DecisionBatch batch) {
        loop.stats.decided(batch);
        if (journal != null) {
            journal.offerDecisions(snapshot, loop.decider.lastCodes(), loop.decider.lastStride(), batch);
        }
    }

    private void respond(final long correlationId, final DecisionBatch batch) {
        final boolean timed = loop.stats.timesNext();
        final long startedNanos = timed ? System.nanoTime() : 0;
        final int count = batch.count();
        final int length = DecideResponseFrame.frameLength(count);
        batch.writeTo(loop.response.wrap(out.reserve(length), correlationId, batch.tableVersion(), count));
        out.commit(length);
        if (timed) {
            loop.stats.record(Phase.ENCODE, System.nanoTime() - startedNanos);
        }
        loop.stats.written();
    }
}
