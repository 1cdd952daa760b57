package io.t1.codec.client;

import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Asks a sidecar for decisions without blocking, many at a time: offer requests, then poll.
 *
 * <p>Each request that is taken is delivered once by {@link #poll}: with its decisions or, when the sidecar is absent,
 * not ready, overloaded or later than the deadline, with the baseline's, degraded. Requests leave together at the next
 * poll. A request made for features that have changed since comes back degraded ({@link
 * DegradedReason#STALE_FEATURES}), and the client says hello again by itself.
 *
 * <p>Threading: one thread, a duty cycle that calls {@link #poll} again and again, {@link #await} when it has nothing
 * else to do. Allocation: none once warm, while the connection and the table's features stay.
 */
public final class AsyncT1Client implements AutoCloseable {
    /** The window is full: poll, then offer again, or go on with the baseline. */
    public static final long BACK_PRESSURED = -1;

    private final ServerErrors errors = new ServerErrors();
    private final DecideResponseDecoder response = new DecideResponseDecoder();
    private final Decisions decisions = new Decisions(FrameDescriptor.MAX_QUERIES);
    private final Session session;
    private final OutcomeSender outcomes;
    private final DecideCall call;
    private final InFlight inFlight;
    private final NanoClock clock;
    private final long deadlineNs;
    private @Nullable DecisionHandler handler; // of the poll under way
    private int delivered;
    private String lastError = "";

    private AsyncT1Client(final ClientContext context, final Connector connector) {
        clock = context.nanoClock();
        deadlineNs = context.deadlineNs();
        call = new DecideCall(context.features().size());
        inFlight = new InFlight(context.inFlightWindow());
        session = new Session(context, connector, new Replies());
        outcomes = new OutcomeSender(session);
    }

    /**
     * Makes a client that connects as it is polled.
     *
     * @throws IllegalArgumentException if a setting is out of its range.
     */
    public static AsyncT1Client connect(final ClientContext context) {
        final AsyncT1Client client =
                new AsyncT1Client(context, context.conclude().connector());
        client.session.advance(client.clock.nanoTime());
        return client;
    }

    /** Whether the sidecar has told its table. */
    public boolean isReady() {
        return session.isReady();
    }

    /** What carries decisions now. */
    public TransportChoice transport() {
        return session.carrier();
    }

    /** The table as the sidecar last told it; null until it has. */
    public @Nullable TableDescription table() {
        return session.table();
    }

    /** The last fault, for a log. */
    public String lastError() {
        return lastError.isEmpty() ? session.lastFault() : lastError;
    }

    /** Requests that haven't been delivered yet. */
    public int inFlight() {
        return inFlight.size();
    }

    /**
     * Offers one query.
     *
     * @param features in the order of {@link ClientContext#features}; may be changed once this returns.
     * @param nodeScore probability, by the node's own model, that FULL beats SKIP; NaN for none.
     * @return the request's correlation id, or {@link #BACK_PRESSURED}.
     */
    public long offerDecide(final float[] features, final float nodeScore) {
        call.ofRow(features, nodeScore);
        return offer();
    }

    /**
     * Offers a batch.
     *
     * @param rows query by query; may be changed once this returns.
     * @param nodeScores one a query, NaN for none; null: none at all.
     * @param count 1 to 1,024 queries.
     * @return the request's correlation id, or {@link #BACK_PRESSURED}.
     */
    public long offerDecide(final float[] rows, final float @Nullable [] nodeScores, final int count) {
        call.ofRows(rows, nodeScores, count);
        return offer();
    }

    /**
     * Offers a batch whose features the caller has quantised.
     *
     * @param table from {@link #table()}, by which the codes were made.
     * @param codes unsigned bytes, query by query, in the table's order of features.
     * @return the request's correlation id, or {@link #BACK_PRESSURED}.
     */
    public long offerDecideCodes(
            final TableDescription table, final byte[] codes, final float @Nullable [] nodeScores, final int count) {
        call.ofCodes(table, codes, nodeScores, count);
        return offer();
    }

    private long offer() {
        if (inFlight.isFull()) {
            call.clear();
            return BACK_PRESSURED;
        }
        final long id = session.nextId();
        final DegradedReason unsent = session.send(call, id, deadlineNs);
        inFlight.add(id, call.count(), clock.nanoTime() + deadlineNs, unsent);
        call.clear();
        return id;
    }

    /**
     * Sends what was offered, takes in what has arrived, and delivers decisions, degraded ones included. Not to be called
     * from the handler, which may offer.
     *
     * @return how many requests were delivered.
     */
    public int poll(final DecisionHandler handler) {
        this.handler = handler;
        delivered = 0;
        try {
            session.advance(clock.nanoTime());
            while (session.poll() > 0) {
                if (!session.isReady()) {
                    session.advance(clock.nanoTime());
                }
            }
            deliverOver(handler);
        } finally {
            this.handler = null;
        }
        return delivered;
    }

    private void deliverOver(final DecisionHandler handler) {
        final long nowNs = clock.nanoTime();
        for (long id = inFlight.firstOver(nowNs); id != 0; id = inFlight.firstOver(nowNs)) {
            deliverDegraded(handler, id, inFlight.reason(id));
        }
    }

    private void deliverDegraded(final DecisionHandler handler, final long id, final DegradedReason reason) {
        decisions.degrade(inFlight.count(id), session.fallback(), reason);
        inFlight.complete(id);
        delivered++;
        handler.onDecisions(id, decisions);
    }

    /** Waits until {@link #poll} may have something to do, at most {@code maxNanos}. */
    public void await(final long maxNanos) {
        final long nowNs = clock.nanoTime();
        if (inFlight.firstOver(nowNs) == 0) {
            session.await(Math.min(maxNanos, inFlight.untilExpiryNs(nowNs)));
        }
    }

    /**
     * Tells what became of a decision, and doesn't wait for it to arrive.
     *
     * @return false if it wasn't sent.
     */
    public boolean outcome(final OutcomeReport report) {
        return outcomes.send(report);
    }

    /** Closes the connection. What is in flight isn't delivered. */
    @Override
    public void close() {
        session.close();
    }

    private final class Replies implements Session.Listener {
        @Override
        public void onReply(final DirectBuffer buffer, final FrameVerifier frame) {
            final long id = frame.correlationId();
            final DecisionHandler handler = AsyncT1Client.this.handler;
            if (handler == null || !inFlight.isWaiting(id)) {
                return; // too late: it has been delivered, degraded
            }
            if (frame.kind() == MessageKind.ERROR) {
                onError(handler, id, buffer, frame);
            } else if (frame.kind() == MessageKind.DECIDE_RESPONSE && frame.groupCount() == inFlight.count(id)) {
                response.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
                final long tableVersion = response.tableVersion();
                decisions.read(tableVersion, response.decisions());
                inFlight.complete(id);
                delivered++;
                handler.onDecisions(id, decisions);
            } else {
                session.disconnect("the sidecar answered " + inFlight.count(id) + " queries with a " + frame.kind()
                        + " of " + frame.groupCount());
            }
        }

        @Override
        public void onDisconnect() {
            inFlight.failAll(DegradedReason.NOT_CONNECTED);
        }
    }

    private void onError(
            final DecisionHandler handler, final long id, final DirectBuffer buffer, final FrameVerifier frame) {
        final ErrorCode code = errors.code(buffer, frame);
        final DegradedReason reason = ServerErrors.reason(code);
        if (reason == DegradedReason.STALE_FEATURES || code == ErrorCode.UNKNOWN_TABLE) {
            session.onStaleFeatures(id);
        } else if (reason == DegradedReason.REFUSED) {
            lastError = code + ": " + errors.text(buffer, frame);
        }
        deliverDegraded(handler, id, reason);
    }
}
