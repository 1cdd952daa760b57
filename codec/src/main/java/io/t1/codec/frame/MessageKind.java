package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BYTES_PREFIX_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.NO_GROUP;
import static io.t1.codec.frame.FrameDescriptor.TEXT_PREFIX_LENGTH;

import io.t1.codec.wire.ActivateDecoder;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorDecoder;
import io.t1.codec.wire.FetchTableDecoder;
import io.t1.codec.wire.FetchedTableDecoder;
import io.t1.codec.wire.HelloAckDecoder;
import io.t1.codec.wire.HelloDecoder;
import io.t1.codec.wire.ListTablesDecoder;
import io.t1.codec.wire.OpenRingDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.codec.wire.PublishDecoder;
import io.t1.codec.wire.RingMappedDecoder;
import io.t1.codec.wire.RingOpenedDecoder;
import io.t1.codec.wire.RollbackDecoder;
import io.t1.codec.wire.StatsRequestDecoder;
import io.t1.codec.wire.StatsResponseDecoder;
import io.t1.codec.wire.TableAckDecoder;
import io.t1.codec.wire.TableListDecoder;
import io.t1.codec.wire.WakeDecoder;
import org.jspecify.annotations.Nullable;

/** The messages, and the shape of each: block, at most one group, variable data. */
public enum MessageKind {
    /** First frame of a connection. */
    HELLO(HelloDecoder.TEMPLATE_ID, Sender.CLIENT, HelloDecoder.BLOCK_LENGTH, NO_GROUP, 0, 4, TEXT_PREFIX_LENGTH),
    /** What the client needs to ask for decisions. */
    HELLO_ACK(
            HelloAckDecoder.TEMPLATE_ID,
            Sender.SERVER,
            HelloAckDecoder.BLOCK_LENGTH,
            HelloAckDecoder.FeaturesDecoder.sbeBlockLength(),
            1,
            0,
            0),
    /** One query or a batch. */
    DECIDE_REQUEST(
            DecideRequestDecoder.TEMPLATE_ID,
            Sender.CLIENT,
            DecideRequestDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            2,
            BYTES_PREFIX_LENGTH),
    /** A decision a query. */
    DECIDE_RESPONSE(
            DecideResponseDecoder.TEMPLATE_ID,
            Sender.SERVER,
            DecideResponseDecoder.BLOCK_LENGTH,
            DecideResponseDecoder.DecisionsDecoder.sbeBlockLength(),
            0,
            0,
            0),
    /** What became of a decision; no reply. */
    OUTCOME(OutcomeDecoder.TEMPLATE_ID, Sender.CLIENT, OutcomeDecoder.BLOCK_LENGTH, NO_GROUP, 0, 1, TEXT_PREFIX_LENGTH),
    /** Asks for the figures. */
    STATS_REQUEST(StatsRequestDecoder.TEMPLATE_ID, Sender.CLIENT, StatsRequestDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** The figures. */
    STATS_RESPONSE(
            StatsResponseDecoder.TEMPLATE_ID,
            Sender.SERVER,
            StatsResponseDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            1,
            BYTES_PREFIX_LENGTH),
    /** Hands a table over. */
    PUBLISH(
            PublishDecoder.TEMPLATE_ID,
            Sender.CLIENT,
            PublishDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            1,
            BYTES_PREFIX_LENGTH),
    /** Makes a stored version the active one. */
    ACTIVATE(
            ActivateDecoder.TEMPLATE_ID,
            Sender.CLIENT,
            ActivateDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            3,
            TEXT_PREFIX_LENGTH),
    /** Takes a table back. */
    ROLLBACK(
            RollbackDecoder.TEMPLATE_ID,
            Sender.CLIENT,
            RollbackDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            3,
            TEXT_PREFIX_LENGTH),
    /** Answers Publish, Activate and Rollback. */
    TABLE_ACK(TableAckDecoder.TEMPLATE_ID, Sender.SERVER, TableAckDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** Asks for the store's tables. */
    LIST_TABLES(ListTablesDecoder.TEMPLATE_ID, Sender.CLIENT, ListTablesDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** The store's tables. */
    TABLE_LIST(
            TableListDecoder.TEMPLATE_ID,
            Sender.SERVER,
            TableListDecoder.BLOCK_LENGTH,
            TableListDecoder.TablesDecoder.sbeBlockLength(),
            3,
            0,
            0),
    /** Refuses a frame. */
    ERROR(ErrorDecoder.TEMPLATE_ID, Sender.SERVER, ErrorDecoder.BLOCK_LENGTH, NO_GROUP, 0, 1, TEXT_PREFIX_LENGTH),
    /** Asks for a ring in shared memory. */
    OPEN_RING(OpenRingDecoder.TEMPLATE_ID, Sender.CLIENT, OpenRingDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** Where the ring is. */
    RING_OPENED(
            RingOpenedDecoder.TEMPLATE_ID,
            Sender.SERVER,
            RingOpenedDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            1,
            TEXT_PREFIX_LENGTH),
    /** Whether the client could map it; no reply. */
    RING_MAPPED(RingMappedDecoder.TEMPLATE_ID, Sender.CLIENT, RingMappedDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** There is something in the ring for one that sleeps; no reply. */
    WAKE(WakeDecoder.TEMPLATE_ID, Sender.EITHER, WakeDecoder.BLOCK_LENGTH, NO_GROUP, 0, 0, 0),
    /** Asks for the table that a key's decisions come from. */
    FETCH_TABLE(
            FetchTableDecoder.TEMPLATE_ID,
            Sender.CLIENT,
            FetchTableDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            3,
            TEXT_PREFIX_LENGTH),
    /** That table. */
    FETCHED_TABLE(
            FetchedTableDecoder.TEMPLATE_ID,
            Sender.SERVER,
            FetchedTableDecoder.BLOCK_LENGTH,
            NO_GROUP,
            0,
            1,
            BYTES_PREFIX_LENGTH);

    /** Most variable data of one message, its group's entries apart. */
    static final int MAX_VARIABLE_DATA = 4;

    private static final @Nullable MessageKind[] BY_TEMPLATE_ID = new @Nullable MessageKind[values().length + 1];

    static {
        for (final MessageKind kind : values()) {
            BY_TEMPLATE_ID[kind.templateId] = kind;
        }
    }

    private final int templateId;
    private final Sender sender;
    private final int blockLength;
    private final int groupBlockLength;
    private final int groupTextCount;
    private final int dataCount;
    private final int dataPrefixLength;

    /**
     * @param groupBlockLength of an entry; {@link FrameDescriptor#NO_GROUP} for a message without one.
     * @param groupTextCount texts that follow an entry's block.
     * @param dataCount variable data that end the message, whose lengths take {@code dataPrefixLength} bytes each.
     */
    MessageKind(
            final int templateId,
            final Sender sender,
            final int blockLength,
            final int groupBlockLength,
            final int groupTextCount,
            final int dataCount,
            final int dataPrefixLength) {
        this.templateId = templateId;
        this.sender = sender;
        this.blockLength = blockLength;
        this.groupBlockLength = groupBlockLength;
        this.groupTextCount = groupTextCount;
        this.dataCount = dataCount;
        this.dataPrefixLength = dataPrefixLength;
    }

    /** The kind of a template id; null when this build doesn't know it. */
    public static @Nullable MessageKind ofTemplateId(final int templateId) {
        return templateId > 0 && templateId < BY_TEMPLATE_ID.length ? BY_TEMPLATE_ID[templateId] : null;
    }

    /** As in the header. */
    public int templateId() {
        return templateId;
    }

    /** Whether clients send it. */
    public boolean isFromClient() {
        return sender != Sender.SERVER;
    }

    /** Bytes of the block as this build writes it. */
    public int blockLength() {
        return blockLength;
    }

    boolean hasGroup() {
        return groupBlockLength != NO_GROUP;
    }

    int groupBlockLength() {
        return groupBlockLength;
    }

    int groupTextCount() {
        return groupTextCount;
    }

    int dataCount() {
        return dataCount;
    }

    int dataPrefixLength() {
        return dataPrefixLength;
    }

    private enum Sender {
        CLIENT,
        SERVER,
        EITHER
    }
}
