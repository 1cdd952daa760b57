package io.t1.sidecar.journal;

import io.t1.codec.cpu.ThreadPriority;
import io.t1.sidecar.journal.JournalCounters.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's thread: moves records from the ring into the queue. When the queue refuses, records are dropped and
 * counted, so that the ring never fills for long, and the queue is tried again every few seconds.
 *
 * <p>Threading: {@link #run} by one thread, which alone touches the queue; {@link #counters} and {@link #stop} by any.
 */
final class JournalWriter implements Runnable, MessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int RECORDS_AT_ONCE = 256;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long UPKEEP_NS = TimeUnit.SECONDS.toNanos(1);
    // each turn may keep a decision waiting that comes meanwhile on the same processor: few turns, each for many
    // records
    private static final long MIN_PARK_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(16);

    private final RingBuffer ring;
    private final ObservationQueue queue;
    private final long opensAfterNs;
    // parks from the first idle turn: an idle sidecar shall cost no processor
    private final IdleStrategy idle = new BackoffIdleStrategy(0, 0, MIN_PARK_NS, MAX_PARK_NS);
    private volatile Status status = new Status(State.OPENING, "the journal opens");
    private volatile boolean stopping;
    // written by the journal's thread alone
    private volatile long written;
    private volatile long dropped;
    private volatile long bytes;
    private long lastUpkeepNs;
    private long lastTryNs;

    /**
     * @param opensAfterNs how long the queue stays closed while the ring is mostly empty.
     */
    JournalWriter(final RingBuffer ring, final ObservationQueue queue, final long opensAfterNs) {
        this.opensAfterNs = opensAfterNs;
        this.ring = ring;
        this.queue = queue;
    }

    @Override
    public void run() {
        ThreadPriority.lower(ThreadPriority.BEHIND_DECISIONS);
        awaitOpening();
        if (!stopping || ring.size() > 0) {
            open();
        }
        while (!stopping) {
            idle.idle(ring.read(this, RECORDS_AT_ONCE));
            upkeep();
        }
        drain();
        closeQueue();
        status = new Status(State.CLOSED, "the journal is closed");
    }

    private void awaitOpening() {
        final long begun = System.nanoTime();
        while (!stopping && System.nanoTime() - begun < opensAfterNs && ring.size() < ring.capacity() / 4) {
            LockSupport.parkNanos(MAX_PARK_NS);
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final int observations = ObservationRecordDescriptor.observations(type, buffer, index);
        if (status.state == State.OPEN && append(buffer, index, length)) {
            written += observations;
            bytes += length;
        } else {
            dropped += observations;
        }
    }

    JournalCounters counters(final long offered, final long droppedByRing) {
        final Status now = status;
        return new JournalCounters(now.state, now.reason, offered, written, droppedByRing + dropped, bytes);
    }

    void stop() {
        stopping = true;
    }

    /** A read stops where the ring wraps, maybe with nothing but padding read: positions tell what is left, its count doesn't. */
    private void drain() {
        final long end = ring.producerPosition();
        long before = -1;
        for (long position = ring.consumerPosition();
                position < end && position != before;
                position = ring.consumerPosition()) {
            before = position;
            ring.read(this, RECORDS_AT_ONCE);
            upkeep();
        }
    }

    private boolean append(final MutableDirectBuffer buffer, final int index, final int length) {
        try {
            queue.append(buffer, index, length);
            return true;
        } catch (final RuntimeException | InternalError e) { // an InternalError is a fault in mapped memory
            fail(e);
            return false;
        }
    }

    private void upkeep() {
        final long now = System.nanoTime();
        if (status.state == State.FAILED && now - lastTryNs >= RETRY_NS) {
            open();
        } else if (status.state == State.OPEN && now - lastUpkeepNs >= UPKEEP_NS) {
            lastUpkeepNs = now;
            try {
                final String refusal = queue.upkeep();
                if (!refusal.isEmpty()) {
                    refuse(refusal);
                }
            } catch (final Exception e) {
                fail(e);
            }
        }
    }

    private void open() {
        lastTryNs = System.nanoTime();
        lastUpkeepNs = lastTryNs;
        try {
            final String refusal = queue.open();
            if (refusal.isEmpty()) {
                if (status.state == State.FAILED) {
                    LOG.info("the journal writes again");
                }
                status = new Status(State.OPEN, "");
            } else {
                refuse(refusal);
            }
        } catch (final Exception | InternalError | LinkageError e) { // LinkageError: a class that couldn't begin
            fail(e);
        }
    }

    private void fail(final Throwable e) {
        refuse(e.toString());
        LOG.debug("the journal failed", e);
    }

    private void refuse(final String reason) {
        closeQueue();
        lastTryNs = System.nanoTime();
        if (status.state != State.FAILED || !status.reason.equals(reason)) {
            LOG.warn(
                    "the journal drops observations and tries again every {} s: {}",
                    TimeUnit.NANOSECONDS.toSeconds(RETRY_NS),
                    reason);
        }
        status = new Status(State.FAILED, reason);
    }

    private void closeQueue() {
        try {
            queue.close();
        } catch (final RuntimeException e) {
            LOG.warn("the journal's queue didn't close: {}", e.toString());
        }
    }

    private record Status(State state, String reason) {}
}
