package io.t1.gating;

import io.t1.router.OneQueryKernel;
import io.t1.router.QuantiserRoom;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches for one thread: quantise, accumulate, scale, gate, explore, apply the frontier.
 *
 * <p>The server and the in-process {@link Decider} both decide here, so they decide alike to the bit. Queries do not
 * influence each other: a batch decides as its queries would one by one.
 *
 * <p>Threading: one thread, inside its {@link ReaderEpochs.Reader}. Allocation: in the constructor only. Ranges are
 * checked by the caller, at the edge: {@code count} from 1 to the capacity of this and of {@code decisions}, buffers
 * that hold what the layout says.
 */
public final class BatchDecider {
    private static final int MAX_OUTPUTS = OutputName.values().length;

    private final long seed;
    private final int capacity;
    private final byte[] codes;
    private final QuantiserRoom room = new QuantiserRoom();
    private final int[] accumulators;
    private final float[] outputs;
    private final BatchGate gate;
    private boolean timed;
    private long nextDecisionId;
    private int lastStride = 1;
    private long kernelNanos;
    private long gateNanos;

    /**
     * For batches of up to {@link DecisionBatch#MAX_QUERIES}, without timing.
     *
     * @param seed of this thread's exploration.
     * @param firstDecisionId decision ids count up from here.
     */
    public BatchDecider(final long seed, final long firstDecisionId) {
        this(seed, firstDecisionId, PhaseTiming.OFF, DecisionBatch.MAX_QUERIES);
    }

    /** For batches of up to {@link DecisionBatch#MAX_QUERIES}. */
    public BatchDecider(final long seed, final long firstDecisionId, final PhaseTiming timing) {
        this(seed, firstDecisionId, timing, DecisionBatch.MAX_QUERIES);
    }

    /**
     * @param seed of this thread's exploration.
     * @param firstDecisionId decision ids count up from here; threads get ranges that do not meet.
     * @param timing whether to measure the phases at first.
     * @param capacity most queries in a batch, 1 to {@link DecisionBatch#MAX_QUERIES}.
     */
    public BatchDecider(final long seed, final long firstDecisionId, final PhaseTiming timing, final int capacity) {
        if (capacity < 1 || capacity > DecisionBatch.MAX_QUERIES) {
            throw new IllegalArgumentException("capacity=" + capacity + " not in 1.." + DecisionBatch.MAX_QUERIES);
        }
        this.seed = seed;
        this.timed = timing == PhaseTiming.ON;
        this.capacity = capacity;
        nextDecisionId = firstDecisionId;
        final int stride = strideFor(capacity);
        codes = new byte[RouterArtifact.MAX_FEATURES * stride];
        accumulators = new int[Math.max(MAX_OUTPUTS * stride, OneQueryKernel.ROOM)];
        outputs = new float[accumulators.length];
        gate = new BatchGate(seed);
    }

    /**
     * Decides queries whose features come as float32 rows.
     *
     * @param rows little-endian, query by query, {@code 4 * features * count} bytes.
     * @param scores a little-endian float32 a query at {@code scoresOffset}, NaN for none; null: none at all.
     * @param count 1 to the batch's capacity.
     */
    public void decideRows(
            final TableSnapshot snapshot,
            final DirectBuffer rows,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        final long started = now();
        final int stride = begin(count, decisions);
        snapshot.quantiser().quantiseRows(rows, offset, codes, stride, count, room);
        takeScores(scores, scoresOffset, count, decisions);
        decideCodes(snapshot, stride, count, decisions, started);
    }

    /** The same, feature by feature. */
    public void decideColumns(
            final TableSnapshot snapshot,
            final DirectBuffer columns,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        final long started = now();
        final int stride = begin(count, decisions);
        snapshot.quantiser().quantiseColumns(columns, offset, codes, stride, count);
        takeScores(scores, scoresOffset, count, decisions);
        decideCodes(snapshot, stride, count, decisions, started);
    }

    /** The same for one-byte codes, query by query. */
    public void decideCodeRows(
            final TableSnapshot snapshot,
            final DirectBuffer rows,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        final long started = now();
        final int stride = begin(count, decisions);
        final byte[] codes = this.codes;
        final int features = snapshot.features();
        for (int q = 0, from = offset; q < count; q++) {
            for (int f = 0, to = q; f < features; f++, to += stride) {
                codes[to] = rows.getByte(from++);
            }
        }
        takeScores(scores, scoresOffset, count, decisions);
        decideCodes(snapshot, stride, count, decisions, started);
    }

    /** The same for one-byte codes, feature by feature. */
    public void decideCodeColumns(
            final TableSnapshot snapshot,
            final DirectBuffer columns,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        final long started = now();
        final int stride = begin(count, decisions);
        final int features = snapshot.features();
        if (stride == count) {
            columns.getBytes(offset, codes, 0, features * count); // one copy: each has a cost of its own
        } else {
            for (int f = 0; f < features; f++) {
                columns.getBytes(offset + f * count, codes, f * stride, count);
            }
        }
        takeScores(scores, scoresOffset, count, decisions);
        decideCodes(snapshot, stride, count, decisions, started);
    }

    /** One query on the heap; {@code nodeScore} NaN for none. */
    public void decide(
            final TableSnapshot snapshot,
            final float[] features,
            final float nodeScore,
            final DecisionBatch decisions) {
        final long started = now();
        begin(1, decisions);
        snapshot.quantiser().quantise(features, codes);
        decisions.score[0] = nodeScore;
        decideOne(snapshot, decisions, started);
    }

    /**
     * The snapshot's baseline decision for each of {@code count} queries, without looking at them: for a server that
     * sheds load. Outputs are NaN, the propensity is 1, the version the snapshot's. {@link #lastCodes} has no codes of
     * such a batch, and its phases last 0 ns.
     *
     * @param flags bits of {@link DecisionFlag} that each bears.
     */
    public void decideBaseline(
            final TableSnapshot snapshot, final int count, final int flags, final DecisionBatch decisions) {
        begin(count, decisions);
        decisions.tableVersion = snapshot.version();
        gate.answerBaseline(snapshot, count, flags, decisions);
        number(count, decisions);
        kernelNanos = 0;
        gateNanos = 0;
    }

    /** Most queries in a batch. */
    public int capacity() {
        return capacity;
    }

    /** The seed of this thread's exploration: with a decision's id it gives the draw again. */
    public long seed() {
        return seed;
    }

    /** The id that the next decision will bear. */
    public long nextDecisionId() {
        return nextDecisionId;
    }

    /**
     * The codes that the last batch was decided on, feature by feature: the code of query q is at {@code feature *
     * lastStride() + q}. Valid until the next batch; not to be written.
     */
    public byte[] lastCodes() {
        return codes;
    }

    /** Distance between two features of a query in {@link #lastCodes}. */
    public int lastStride() {
        return lastStride;
    }

    /** Measures the phases from here on, or doesn't. */
    public void timing(final PhaseTiming timing) {
        timed = timing == PhaseTiming.ON;
    }

    /** Nanoseconds that the last batch took to quantise, accumulate and scale; 0 without timing. */
    public long lastKernelNanos() {
        return kernelNanos;
    }

    /** Nanoseconds that the last batch took for gate, exploration and frontier; 0 without timing. */
    public long lastGateNanos() {
        return gateNanos;
    }

    private int begin(final int count, final DecisionBatch decisions) {
        assert 0 < count && count <= capacity && count <= decisions.capacity() : "count=" + count;
        decisions.count = count;
        lastStride = strideFor(count);
        return lastStride;
    }

    /** The node's scores, NaN where there is none. */
    private static void takeScores(
            final @Nullable DirectBuffer scores, final int offset, final int count, final DecisionBatch decisions) {
        final float[] score = decisions.score;
        decisions.hasNodeScores = scores != null;
        if (scores == null) {
            Arrays.fill(score, 0, count, Float.NaN);
            return;
        }
        for (int q = 0; q < count; q++) {
            score[q] = scores.getFloat(offset + Float.BYTES * q, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void decideCodes(
            final TableSnapshot snapshot,
            final int stride,
            final int count,
            final DecisionBatch decisions,
            final long started) {
        if (count == 1) {
            decideOne(snapshot, decisions, started);
            return;
        }
        decisions.tableVersion = snapshot.version();
        final long computed;
        if (snapshot.isBuiltInBaseline()) {
            computed = now();
            gate.answerBaseline(snapshot, count, snapshot.standingFlags(), decisions);
        } else {
            snapshot.kernel().accumulate(codes, accumulators, stride, count);
            snapshot.scaler().scale(accumulators, outputs, stride, count);
            computed = now();
            gate.decide(snapshot, outputs, stride, count, decisions, nextDecisionId);
        }
        number(count, decisions);
        kernelNanos = computed - started;
        gateNanos = now() - computed;
    }

    private void number(final int count, final DecisionBatch decisions) {
        for (int q = 0; q < count; q++) {
            decisions.decisionId[q] = nextDecisionId + q;
        }
        nextDecisionId += count;
    }

    /** Loops have prologues: a query alone goes straight through. */
    private void decideOne(final TableSnapshot snapshot, final DecisionBatch decisions, final long started) {
        decisions.tableVersion = snapshot.version();
        final long id = nextDecisionId++;
        decisions.decisionId[0] = id;
        final long computed;
        if (snapshot.isBuiltInBaseline()) {
            computed = now();
            gate.answerBaseline(snapshot, 1, snapshot.standingFlags(), decisions);
        } else {
            snapshot.oneQueryKernel().compute(codes, accumulators, outputs);
            computed = now();
            gate.decideOne(snapshot, outputs, 1, 0, decisions, id);
        }
        kernelNanos = computed - started;
        gateNanos = now() - computed;
    }

    private long now() {
        return timed ? System.nanoTime() : 0;
    }

    /**
     * Columns start on a cache line, so that no vector of 64 bytes straddles two, and never 1,024 ints apart, which
     * would put all of them into one set of the first-level cache. A small batch lies dense.
     */
    private static int strideFor(final int count) {
        if (count < 64) {
            return count;
        }
        final int lines = (count + 63) >>> 6;
        return (lines << 6) + (lines % 16 == 0 ? 64 : 0);
    }
}
