package io.t1.sidecar.tables;

import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.wire.ErrorCode;
import java.util.List;

/** What a control operation came to. */
public sealed interface ControlReply {
    /** It is done, and durable. */
    record Changed(TableChange change) implements ControlReply {}

    /** What there is. */
    record Listed(List<StoredTable> tables) implements ControlReply {}

    /**
     * A table.
     *
     * @param json as it was published.
     */
    record Fetched(long tableVersion, byte[] json) implements ControlReply {}

    /**
     * It wasn't done; what decided before decides on.
     *
     * @param code for the wire.
     * @param text what was wrong, and the remedy.
     */
    record Refused(ErrorCode code, String text) implements ControlReply {}
}
