package io.t1.sidecar.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * An observation record's bytes, little-endian, unaligned.
 *
 * <pre>
 *  decisions: n queries of one batch
 *    0      1         2   4          5       6        7          8             16              24
 *   +------+---------+---+----------+-------+--------+----------+-------------+---------------+-----+
 *   | type | version | n | features | index | region | language | time millis | table version | key |
 *   +------+---------+---+----------+-------+--------+----------+-------------+---------------+-----+
 *    the three parts of the key one after the other, ASCII, their lengths in the header; then column by column
 *    int64 decision id[n], float32 score[n], propensity[n], expected gain[n],
 *    uint16 flags[n], ef[n], topk[n], rerank depth[n], uint8 arm[n], uint8 code[features][n]
 *
 *  outcome
 *    0      1         2                4          8             16            24
 *   +------+---------+----------------+----------+-------------+-------------+---------------------+
 *   | type | version | top ten length | reserved | time millis | decision id | float32 figure[5]   |
 *   +------+---------+----------------+----------+-------------+-------------+---------------------+
 *    latency in microseconds, nDCG, the baseline's, Jaccard, label; then the top ten's ids, UTF-8, one a line
 * </pre>
 */
final class ObservationRecordDescriptor {
    static final byte VERSION = 1;
    /** Also the ring's message types, so more than 0. */
    static final int DECISIONS = 1;

    static final int OUTCOME = 2;

    static final int TYPE_OFFSET = 0;
    static final int VERSION_OFFSET = 1;
    static final int COUNT_OFFSET = 2;
    static final int FEATURES_OFFSET = 4;
    static final int INDEX_LENGTH_OFFSET = 5;
    static final int REGION_LENGTH_OFFSET = 6;
    static final int LANGUAGE_LENGTH_OFFSET = 7;
    static final int TIME_OFFSET = 8;
    static final int TABLE_VERSION_OFFSET = 16;
    static final int KEY_OFFSET = 24;
    /** Bytes of a query's columns without its codes. */
    static final int QUERY_LENGTH = 8 + 3 * 4 + 4 * 2 + 1;

    static final int TOP_TEN_LENGTH_OFFSET = 2;
    static final int RESERVED_OFFSET = 4;
    static final int DECISION_ID_OFFSET = 16;
    static final int LATENCY_OFFSET = 24;
    static final int NDCG_OFFSET = 28;
    static final int BASELINE_NDCG_OFFSET = 32;
    static final int JACCARD_OFFSET = 36;
    static final int LABEL_OFFSET = 40;
    static final int TOP_TEN_OFFSET = 44;

    private ObservationRecordDescriptor() {}

    static int decisionsLength(final int keyLength, final int count, final int features) {
        return KEY_OFFSET + keyLength + count * (QUERY_LENGTH + features);
    }

    /** How many observations a record holds. */
    static int observations(final int type, final MutableDirectBuffer buffer, final int index) {
        return type == DECISIONS ? Short.toUnsignedInt(buffer.getShort(index + COUNT_OFFSET, LITTLE_ENDIAN)) : 1;
    }
}
