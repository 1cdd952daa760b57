package io.t1.codec.client;

import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableDescription;
import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Asks a sidecar for decisions, blocking up to a deadline.
 *
 * <p>A decision is always had: when the sidecar is absent, not ready, overloaded, draining or late it is the baseline
 * decision, {@link Decision#degraded()}, and {@link Decision#degradedReason()} says why. A lost connection is made again
 * in later calls, with backoff, inside their deadlines. Answers that come too late are dropped.
 *
 * <p>Threading: one thread; make a client per thread. Allocation: none in {@code decide}, {@code decideCodes} and {@code
 * outcome} once warm, while the connection and the table's features stay.
 */
public final class T1Client implements AutoCloseable {
    private static final long READY_STEP_NS = 1_000_000;

    private final Session session;
    private final DecideExchange decisions;
    private final AdminExchange admin;
    private final OutcomeSender outcomes;
    private final DecideCall call;
    private final NanoClock clock;

    private T1Client(final ClientContext context, final Connector connector) {
        clock = context.nanoClock();
        call = new DecideCall(context.features().size());
        session = new Session(context, connector, new Replies());
        decisions = new DecideExchange(session, context, call);
        admin = new AdminExchange(session, context);
        outcomes = new OutcomeSender(session);
    }

    /**
     * Connects and says hello, for at most the context's connect timeout. Without a sidecar this returns all the same:
     * {@link #isReady()} tells, and later calls try again.
     *
     * @throws IllegalArgumentException if a setting is out of its range.
     */
    public static T1Client connect(final ClientContext context) {
        return connect(context, context.conclude().connector());
    }

    static T1Client connect(final ClientContext context, final Connector connector) {
        final T1Client client = new T1Client(context, connector);
        client.session.awaitReady(client.clock.nanoTime() + context.connectTimeoutNs());
        return client;
    }

    /** Whether the sidecar has told its table: the next decision will be asked for. */
    public boolean isReady() {
        return session.isReady();
    }

    /** Goes on with connecting and saying hello, without waiting; whether {@link #isReady()} now. */
    boolean advance() {
        session.advance(clock.nanoTime());
        session.poll();
        return session.isReady();
    }

    /** What carries decisions now: the socket where a ring was asked for means that there is none, see {@link #lastError}. */
    public TransportChoice transport() {
        return session.carrier();
    }

    /** Waits until {@link #isReady()}, trying again as often as the backoff allows; false after {@code timeoutNs}. */
    public boolean awaitReady(final long timeoutNs) {
        final long untilNs = clock.nanoTime() + timeoutNs;
        while (session.awaitReady(untilNs) != DegradedReason.NONE) {
            final long remainingNs = untilNs - clock.nanoTime();
            if (remainingNs <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            session.poll();
            LockSupport.parkNanos(this, Math.min(remainingNs, READY_STEP_NS));
        }
        return true;
    }

    /** The table as the sidecar last told it; null until it has. */
    public @Nullable TableDescription table() {
        return session.table();
    }

    /** The last fault, for a log: why there is no connection, no table, or why a request was refused. */
    public String lastError() {
        return decisions.lastError().isEmpty() ? session.lastFault() : decisions.lastError();
    }

    /**
     * Decides one query by the table's own score.
     *
     * @param features in the order of {@link ClientContext#features}; NaN for unknown.
     */
    public void decide(final float[] features, final Decision out) {
        decide(features, Float.NaN, out);
    }

    /**
     * Decides one query.
     *
     * @param nodeScore probability, by the node's own model, that FULL beats SKIP; NaN for none.
     */
    public void decide(final float[] features, final float nodeScore, final Decision out) {
        call.ofRow(features, nodeScore);
        final DegradedReason reason = decisions.into(out);
        if (reason != DegradedReason.NONE) {
            out.degrade(session.fallback(), reason);
        }
    }

    /**
     * Decides a batch by the table's own scores.
     *
     * @param rows query by query, each in the order of {@link ClientContext#features}.
     * @param count 1 to {@code out.capacity()} queries.
     */
    public void decide(final float[] rows, final int count, final Decisions out) {
        decide(rows, null, count, out);
    }

    /**
     * Decides a batch.
     *
     * @param nodeScores one a query, NaN for none; null: none at all.
     */
    public void decide(final float[] rows, final float @Nullable [] nodeScores, final int count, final Decisions out) {
        checkCapacity(count, out);
        call.ofRows(rows, nodeScores, count);
        decideMany(out);
    }

    /**
     * Decides a batch whose features the caller has quantised. When the sidecar's features or knots have changed since
     * {@code table}, the decisions are degraded ({@link DegradedReason#STALE_FEATURES}), and {@link #table()} has what
     * to quantise with from then on.
     *
     * @param table from {@link #table()}, by which the codes were made.
     * @param codes unsigned bytes, query by query, in the table's order of features.
     * @param nodeScores one a query, NaN for none; null: none at all.
     */
    public void decideCodes(
            final TableDescription table,
            final byte[] codes,
            final float @Nullable [] nodeScores,
            final int count,
            final Decisions out) {
        checkCapacity(count, out);
        call.ofCodes(table, codes, nodeScores, count);
        decideMany(out);
    }

    private void decideMany(final Decisions out) {
        final int count = call.count();
        final DegradedReason reason = decisions.into(out);
        if (reason != DegradedReason.NONE) {
            out.degrade(count, session.fallback(), reason);
        }
    }

    private final class Replies implements Session.Listener {
        @Override
        public void onReply(final DirectBuffer buffer, final FrameVerifier frame) {
            if ((frame.correlationId() & Session.CONTROL) != 0) {
                admin.onReply(buffer, frame);
            } else {
                decisions.onReply(buffer, frame);
            }
        }

        @Override
        public void onDisconnect() {
            admin.onDisconnect();
            decisions.onDisconnect();
        }
    }

    /**
     * Tells what became of a decision, and doesn't wait for it to arrive.
     *
     * @return false if it wasn't sent: the client degraded the decision, there is no connection, or the sidecar reads too
     *     slowly.
     */
    public boolean outcome(final OutcomeReport report) {
        session.advance(clock.nanoTime());
        final boolean sent = outcomes.send(report);
        session.flush();
        return sent;
    }

    /**
     * Hands a table over and waits until it is durable.
     *
     * @param artifact a {@code router_distilled_int8.json}, at most {@link
     *     io.t1.codec.frame.FrameDescriptor#MAX_ARTIFACT_LENGTH} bytes.
     * @throws T1ServerException if the sidecar refuses it.
     * @throws SidecarUnreachableException if no answer comes within the context's admin timeout.
     */
    public TableChange publish(final byte[] artifact, final PublishRole role) {
        final TableChange change =
                admin.change(id -> session.frames().publish(session.scratch(), 0, id, role, artifact));
        session.retryNow(); // this may have been the table that a refused Hello waits for
        return change;
    }

    /** Makes a stored version the active one; throws as {@link #publish} does. */
    public TableChange activate(final TableKey key, final long tableVersion) {
        return admin.change(id -> session.frames().activate(session.scratch(), 0, id, key, tableVersion));
    }

    /** Takes a key's table back; throws as {@link #publish} does. */
    public TableChange rollback(final TableKey key, final RollbackTarget target) {
        return admin.change(id -> session.frames().rollback(session.scratch(), 0, id, key, target));
    }

    /** The tables of the store; throws as {@link #publish} does. */
    public List<StoredTable> listTables() {
        return admin.tables(id -> session.frames().listTables(session.scratch(), 0, id));
    }

    /**
     * The table that a key's decisions come from, as it was published; throws as {@link #publish} does, of a sidecar from
     * before there was this request too.
     */
    public byte[] fetchTable(final TableKey key) {
        return admin.artifact(id -> session.frames().fetchTable(session.scratch(), 0, id, key));
    }

    /** The sidecar's figures as JSON, the text of {@code /stats}; throws as {@link #publish} does. */
    public String stats() {
        return admin.stats(id -> session.frames().statsRequest(session.scratch(), 0, id));
    }

    @Override
    public void close() {
        session.close();
    }

    private static void checkCapacity(final int count, final Decisions out) {
        if (count > out.capacity()) {
            throw new IllegalArgumentException("count=" + count + " > " + out.capacity() + ", the decisions' capacity");
        }
    }
}
