package io.t1.sidecar.journal;

import static io.t1.sidecar.journal.ObservationRecordDescriptor.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.t1.codec.TableKey;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.gating.DecisionBatch;
import io.t1.gating.TableSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every decision and outcome on disk, off the decision path: event loops write records into a bounded ring, a
 * thread of the journal's own moves them into a Chronicle Queue, which {@link JournalReader} reads.
 *
 * <p>An offer never waits: when the ring is full, because the disk is slow, gone, or not open yet, the record is dropped
 * and counted. On kill -9 the records in the ring are lost, at most {@link Context#ringBytes}; those that
 * {@link JournalCounters#written()} counts lie with the operating system and survive the process, not a power cut.
 *
 * <p>Threading: {@link #offerDecisions} and {@link #offerOutcome} by any number of threads. Allocation: none in an offer.
 */
public final class ObservationJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationJournal.class);
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final RingBuffer ring;
    private final OfferCounters offers = new OfferCounters();
    private final EpochClock clock;
    private final JournalWriter writer;
    private final Thread thread;

    /** Makes the ring, which takes offers from here on; {@link #start} opens the queue. */
    public ObservationJournal(final Context context) {
        clock = context.clock;
        ring = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                context.ringBytes + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
        writer = new JournalWriter(
                ring,
                new ObservationQueue(context.directory, context.retentionBytes, context.minFreeBytes, clock),
                context.opensAfter.toNanos());
        thread = Thread.ofPlatform().daemon().name("t1-journal").unstarted(writer);
    }

    /** Opens the queue in the background: this returns at once, and until it is open the ring holds what is offered. */
    public void start() {
        ChronicleShutdown.join();
        thread.start();
    }

    /**
     * Offers a decided batch as one record.
     *
     * @param snapshot the table that decided it.
     * @param codes the features' codes, feature by feature: that of query q is at {@code feature * stride + q}.
     * @param stride at least {@code batch.count()}.
     * @param batch 1 or more decisions.
     * @return false when it was dropped.
     */
    public boolean offerDecisions(
            final TableSnapshot snapshot, final byte[] codes, final int stride, final DecisionBatch batch) {
        return offerDecisions(snapshot.key(), snapshot.features(), codes, stride, batch);
    }

    /** The same for a table of that key with so many features; its version is the batch's. */
    public boolean offerDecisions(
            final TableKey key, final int features, final byte[] codes, final int stride, final DecisionBatch batch) {
        final int count = batch.count();
        final int keyLength =
                key.index().length() + key.region().length() + key.language().length();
        final RingBuffer ring = this.ring;
        final int index = ring.tryClaim(DECISIONS, decisionsLength(keyLength, count, features));
        if (index < 0) {
            offers.dropped(count);
            return false;
        }
        boolean written = false;
        try {
            encode(ring.buffer(), index, key, features, codes, stride, batch);
            written = true;
        } finally {
            end(index, written);
        }
        offers.offered(count);
        return true;
    }

    /**
     * Offers an outcome.
     *
     * @param outcome wrapped and not yet read past its block; its top ten is consumed when the offer is taken.
     * @return false when it was dropped.
     */
    public boolean offerOutcome(final OutcomeDecoder outcome) {
        final RingBuffer ring = this.ring;
        final int topTenLength = outcome.topTenLength();
        final int index = ring.tryClaim(OUTCOME, TOP_TEN_OFFSET + topTenLength);
        if (index < 0) {
            offers.dropped(1);
            return false;
        }
        boolean written = false;
        try {
            final MutableDirectBuffer buffer = ring.buffer();
            buffer.putByte(index + TYPE_OFFSET, (byte) OUTCOME);
            buffer.putByte(index + VERSION_OFFSET, VERSION);
            buffer.putShort(index + TOP_TEN_LENGTH_OFFSET, (short) topTenLength, LITTLE_ENDIAN);
            buffer.putInt(index + RESERVED_OFFSET, 0);
            buffer.putLong(index + TIME_OFFSET, clock.time(), LITTLE_ENDIAN);
            buffer.putLong(index + DECISION_ID_OFFSET, outcome.decisionId(), LITTLE_ENDIAN);
            buffer.putFloat(index + LATENCY_OFFSET, outcome.latencyMicros(), LITTLE_ENDIAN);
            buffer.putFloat(index + NDCG_OFFSET, outcome.ndcg(), LITTLE_ENDIAN);
            buffer.putFloat(index + BASELINE_NDCG_OFFSET, outcome.baselineNdcg(), LITTLE_ENDIAN);
            buffer.putFloat(index + JACCARD_OFFSET, outcome.jaccard(), LITTLE_ENDIAN);
            buffer.putFloat(index + LABEL_OFFSET, outcome.label(), LITTLE_ENDIAN);
            outcome.getTopTen(buffer, index + TOP_TEN_OFFSET, topTenLength);
            written = true;
        } finally {
            end(index, written);
        }
        offers.offered(1);
        return true;
    }

    /** What became of all offers so far. */
    public JournalCounters counters() {
        final long droppedByRing = offers.dropped();
        return writer.counters(offers.accepted() + droppedByRing, droppedByRing);
    }

    /** Writes what the ring holds, then closes the queue. Offers from now on are lost. Twice is harmless. */
    @Override
    public void close() {
        writer.stop();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MS);
            if (thread.isAlive()) {
                LOG.warn("the journal still writes after {} ms: what its ring holds may be lost", CLOSE_TIMEOUT_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(final int index, final boolean written) {
        if (written) {
            ring.commit(index);
        } else {
            ring.abort(index); // else the reader would wait for this record for ever
        }
    }

    private void encode(
            final MutableDirectBuffer buffer,
            final int index,
            final TableKey key,
            final int features,
            final byte[] codes,
            final int stride,
            final DecisionBatch batch) {
        final int count = batch.count();
        buffer.putByte(index + TYPE_OFFSET, (byte) DECISIONS);
        buffer.putByte(index + VERSION_OFFSET, VERSION);
        buffer.putShort(index + COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
        buffer.putByte(index + FEATURES_OFFSET, (byte) features);
        buffer.putByte(index + INDEX_LENGTH_OFFSET, (byte) key.index().length());
        buffer.putByte(index + REGION_LENGTH_OFFSET, (byte) key.region().length());
        buffer.putByte(index + LANGUAGE_LENGTH_OFFSET, (byte) key.language().length());
        buffer.putLong(index + TIME_OFFSET, clock.time(), LITTLE_ENDIAN);
        buffer.putLong(index + TABLE_VERSION_OFFSET, batch.tableVersion(), LITTLE_ENDIAN);
        int to = index + KEY_OFFSET;
        to += buffer.putStringWithoutLengthAscii(to, key.index());
        to += buffer.putStringWithoutLengthAscii(to, key.region());
        to += buffer.putStringWithoutLengthAscii(to, key.language());
        for (int q = 0; q < count; q++, to += Long.BYTES) {
            buffer.putLong(to, batch.decisionId(q), LITTLE_ENDIAN);
        }
        to = floats(buffer, to, batch);
        to = shorts(buffer, to, batch);
        for (int q = 0; q < count; q++) {
            buffer.putByte(to++, batch.arm(q));
        }
        for (int feature = 0; feature < features; feature++, to += count) {
            buffer.putBytes(to, codes, feature * stride, count);
        }
    }

    private static int floats(final MutableDirectBuffer buffer, final int from, final DecisionBatch batch) {
        final int count = batch.count();
        final int propensities = from + Float.BYTES * count;
        final int gains = propensities + Float.BYTES * count;
        for (int q = 0; q < count; q++) {
            buffer.putFloat(from + Float.BYTES * q, batch.score(q), LITTLE_ENDIAN);
            buffer.putFloat(propensities + Float.BYTES * q, batch.propensity(q), LITTLE_ENDIAN);
            buffer.putFloat(gains + Float.BYTES * q, batch.expectedGain(q), LITTLE_ENDIAN);
        }
        return gains + Float.BYTES * count;
    }

    private static int shorts(final MutableDirectBuffer buffer, final int from, final DecisionBatch batch) {
        final int count = batch.count();
        final int efs = from + Short.BYTES * count;
        final int topks = efs + Short.BYTES * count;
        final int depths = topks + Short.BYTES * count;
        for (int q = 0; q < count; q++) {
            buffer.putShort(from + Short.BYTES * q, (short) batch.flags(q), LITTLE_ENDIAN);
            buffer.putShort(efs + Short.BYTES * q, (short) batch.ef(q), LITTLE_ENDIAN);
            buffer.putShort(topks + Short.BYTES * q, (short) batch.topk(q), LITTLE_ENDIAN);
            buffer.putShort(depths + Short.BYTES * q, (short) batch.rerankDepth(q), LITTLE_ENDIAN);
        }
        return depths + Short.BYTES * count;
    }

    /** What a journal is made with. */
    public static final class Context {
        /** The least that takes the longest record eight times. */
        private static final int MIN_RING_BYTES = 1 << 20;

        private static final int MAX_RING_BYTES = 1 << 30;
        private static final int RING_BYTES = 4 << 20;
        private static final long MIN_RETENTION_BYTES = 32L << 20;
        private static final long RETENTION_BYTES = 4L << 30;
        private static final long MIN_FREE_BYTES = 256L << 20;

        private final Path directory;
        private EpochClock clock = SystemEpochClock.INSTANCE;
        private int ringBytes = RING_BYTES;
        private long retentionBytes = RETENTION_BYTES;
        private long minFreeBytes = MIN_FREE_BYTES;
        private Duration opensAfter = Duration.ZERO;

        /**
         * @param directory the journal's own; made when missing.
         */
        public Context(final Path directory) {
            this.directory = directory;
        }

        /** The clock of each record's time and of the hourly roll. */
        public Context clock(final EpochClock clock) {
            this.clock = clock;
            return this;
        }

        /** Size of the ring between event loops and disk: a power of two, 1 MiB to 1 GiB. */
        public Context ringBytes(final int bytes) {
            if (!BitUtil.isPowerOfTwo(bytes) || bytes < MIN_RING_BYTES || bytes > MAX_RING_BYTES) {
                throw new IllegalArgumentException("journal ringBytes=" + bytes + " isn't a power of two in "
                        + MIN_RING_BYTES + ".." + MAX_RING_BYTES);
            }
            ringBytes = bytes;
            return this;
        }

        /**
         * What the journal may take on disk, 32 MiB or more: the oldest hours go first, and when the present hour alone
         * takes as much, its further records are dropped.
         */
        public Context retentionBytes(final long bytes) {
            if (bytes < MIN_RETENTION_BYTES) {
                throw new IllegalArgumentException(
                        "journal retentionBytes=" + bytes + " < " + MIN_RETENTION_BYTES + ": allow it more disk");
            }
            retentionBytes = bytes;
            return this;
        }

        /** How long opening the queue may wait while the ring has room, so as not to compete with a start; none by default. */
        public Context opensAfter(final Duration delay) {
            opensAfter = delay;
            return this;
        }

        /** Records are dropped while the disk has less than this left, 0 or more. */
        public Context minFreeBytes(final long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("journal minFreeBytes=" + bytes + " < 0");
            }
            minFreeBytes = bytes;
            return this;
        }
    }
}
