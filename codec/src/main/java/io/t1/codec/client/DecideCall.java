package io.t1.codec.client;

import io.t1.codec.TableDescription;
import io.t1.codec.frame.DecideRequestFrame;
import io.t1.codec.frame.DecideRequestFrame.Scores;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.wire.BatchLayout;
import io.t1.codec.wire.FeatureEncoding;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks, checked and held until it has been written; it may be written twice.
 *
 * <p>Threading: one thread. Allocation: none.
 */
final class DecideCall {
    private static final float[] NO_ROWS = {};
    private static final byte[] NO_CODES = {};
    private static final long MAX_DEADLINE_MICROS = 0xFFFF_FFFEL;

    private final DecideRequestFrame frame = new DecideRequestFrame();
    private final int rowLength;
    private float[] rows = NO_ROWS;
    private byte[] codes = NO_CODES;
    private float @Nullable [] scores;
    private @Nullable TableDescription quantisedFor;
    private float score = Float.NaN;
    private int count;

    /**
     * @param rowLength features of a caller's row.
     */
    DecideCall(final int rowLength) {
        this.rowLength = rowLength;
    }

    /** One query; {@code score} NaN for none. */
    void ofRow(final float[] row, final float score) {
        checkRows(row, 1);
        clear();
        rows = row;
        this.score = score;
        count = 1;
    }

    void ofRows(final float[] rows, final float @Nullable [] scores, final int count) {
        checkCount(count);
        checkRows(rows, count);
        checkScores(scores, count);
        clear();
        this.rows = rows;
        this.scores = scores;
        this.count = count;
    }

    void ofCodes(final TableDescription table, final byte[] codes, final float @Nullable [] scores, final int count) {
        checkCount(count);
        final int needed = table.features().size() * count;
        if (codes.length < needed) {
            throw new IllegalArgumentException("codes length=" + codes.length + " < " + needed + " for " + count
                    + " queries of " + table.features().size() + " features");
        }
        checkScores(scores, count);
        clear();
        quantisedFor = table;
        this.codes = codes;
        this.scores = scores;
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Lets go of the caller's arrays. */
    void clear() {
        rows = NO_ROWS;
        codes = NO_CODES;
        scores = null;
        quantisedFor = null;
        score = Float.NaN;
    }

    /** Whether codes were made for another table than this. */
    boolean isStaleFor(final TableDescription table) {
        final TableDescription made = quantisedFor;
        return made != null
                && (made.featureSetId() != table.featureSetId()
                        || made.quantiserId() != table.quantiserId()
                        || made.features().size() != table.features().size());
    }

    /** Bytes of the frame that {@link #write} makes. */
    int frameLength(final FeatureMapping mapping) {
        return DecideRequestFrame.frameLength(count, mapping.count(), encoding(), scoring());
    }

    /** Writes the frame at index 0. */
    void write(
            final MutableDirectBuffer buffer,
            final TableDescription table,
            final FeatureMapping mapping,
            final long correlationId,
            final long remainingNs) {
        final int features = mapping.count();
        frame.wrap(buffer, 0, count, features, encoding(), BatchLayout.ROWS, scoring())
                .correlationId(correlationId)
                .table(table.handle(), table.featureSetId(), table.quantiserId())
                .deadlineMicros(Math.clamp(TimeUnit.NANOSECONDS.toMicros(remainingNs), 1, MAX_DEADLINE_MICROS));
        if (quantisedFor != null) {
            buffer.putBytes(frame.featuresOffset(), codes, 0, count * features);
        } else {
            for (int query = 0, at = 0; query < count; query++) {
                final int row = query * rowLength;
                for (int feature = 0; feature < features; feature++, at++) {
                    frame.feature(at, mapping.value(rows, row, feature));
                }
            }
        }
        writeScores();
    }

    private void writeScores() {
        final float[] scores = this.scores;
        if (scores != null) {
            for (int query = 0; query < count; query++) {
                frame.score(query, scores[query]);
            }
        } else if (!Float.isNaN(score)) {
            frame.score(0, score);
        }
    }

    private FeatureEncoding encoding() {
        return quantisedFor == null ? FeatureEncoding.FLOAT32 : FeatureEncoding.CODES;
    }

    private Scores scoring() {
        return scores == null && Float.isNaN(score) ? Scores.ABSENT : Scores.PRESENT;
    }

    private static void checkCount(final int count) {
        if (count < 1 || count > FrameDescriptor.MAX_QUERIES) {
            throw new IllegalArgumentException(
                    "count=" + count + " not in 1.." + FrameDescriptor.MAX_QUERIES + " queries");
        }
    }

    private void checkRows(final float[] rows, final int count) {
        if (rowLength == 0) {
            throw new IllegalStateException("features=[]: name the features that are sent, in ClientContext.features");
        }
        if (rows.length < count * rowLength) {
            throw new IllegalArgumentException("features length=" + rows.length + " < " + count * rowLength + " for "
                    + count + " queries of the " + rowLength + " features named in ClientContext.features");
        }
    }

    private static void checkScores(final float @Nullable [] scores, final int count) {
        if (scores != null && scores.length < count) {
            throw new IllegalArgumentException("scores length=" + scores.length + " < " + count + " queries");
        }
    }
}
