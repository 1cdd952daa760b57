package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.TEXT_PREFIX_LENGTH;

import io.t1.codec.wire.OutcomeEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Writes an Outcome frame in place: {@link #wrap}, which sets every measure to NaN, then what is known.
 *
 * <p>Threading: one thread. Allocation: none after the constructor for document ids in ASCII; one array for others.
 */
public final class OutcomeFrame {
    private static final int MAX_TOP_TEN_BYTES = 0xFFFE;

    private final OutcomeEncoder encoder = new OutcomeEncoder();
    private int length;

    /** Most bytes of a frame whose document ids have so many characters. */
    public static int maxFrameLength(final int characters) {
        return BODY_OFFSET + OutcomeEncoder.BLOCK_LENGTH + TEXT_PREFIX_LENGTH + 3 * characters;
    }

    /**
     * Writes a frame whose measures are all unknown.
     *
     * @param topTen document ids, one a line; empty for none. At most 65,534 bytes of UTF-8.
     */
    public OutcomeFrame wrap(
            final MutableDirectBuffer buffer, final int offset, final long decisionId, final String topTen) {
        if (isAscii(topTen)) {
            final int text = begin(buffer, offset, decisionId, topTen.length());
            buffer.putStringWithoutLengthAscii(text, topTen);
        } else {
            final byte[] utf8 = topTen.getBytes(StandardCharsets.UTF_8);
            final int text = begin(buffer, offset, decisionId, utf8.length);
            buffer.putBytes(text, utf8);
        }
        return this;
    }

    /** Where the text goes. */
    private int begin(final MutableDirectBuffer buffer, final int offset, final long decisionId, final int textLength) {
        if (textLength > MAX_TOP_TEN_BYTES) {
            throw new IllegalArgumentException("topTen length=" + textLength + " > " + MAX_TOP_TEN_BYTES + " bytes");
        }
        final int text = FrameWriter.body(offset) + OutcomeEncoder.BLOCK_LENGTH;
        length = text + TEXT_PREFIX_LENGTH + textLength - offset;
        FrameWriter.begin(buffer, offset, length, OutcomeEncoder.BLOCK_LENGTH, OutcomeEncoder.TEMPLATE_ID);
        encoder.wrap(buffer, FrameWriter.body(offset))
                .decisionId(decisionId)
                .latencyMicros(Float.NaN)
                .ndcg(Float.NaN)
                .baselineNdcg(Float.NaN)
                .jaccard(Float.NaN)
                .label(Float.NaN);
        buffer.putShort(text, (short) textLength, BYTE_ORDER);
        return text + TEXT_PREFIX_LENGTH;
    }

    /** Latency of the query in microseconds. */
    public OutcomeFrame latencyMicros(final float latencyMicros) {
        encoder.latencyMicros(latencyMicros);
        return this;
    }

    /** NDCG@10 of what was served, 0 to 1. */
    public OutcomeFrame ndcg(final float ndcg) {
        encoder.ndcg(ndcg);
        return this;
    }

    /** NDCG@10 of the baseline for the same query, 0 to 1. */
    public OutcomeFrame baselineNdcg(final float baselineNdcg) {
        encoder.baselineNdcg(baselineNdcg);
        return this;
    }

    /** Jaccard@10 of what was served and the baseline's, 0 to 1. */
    public OutcomeFrame jaccard(final float jaccard) {
        encoder.jaccard(jaccard);
        return this;
    }

    /** 1 when spending helped, else 0. */
    public OutcomeFrame label(final float label) {
        encoder.label(label);
        return this;
    }

    /** Bytes of the whole frame. */
    public int length() {
        return length;
    }

    private static boolean isAscii(final String text) {
        for (int i = 0, n = text.length(); i < n; i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
