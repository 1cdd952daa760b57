package io.t1.codec;

/**
 * What a publish, an activation or a rollback did, once it is durable: the content of a TableAck.
 *
 * @param tableVersion published, or now active.
 * @param activeVersion that decides now.
 * @param previousVersion that decided before; 0 for none.
 * @param sha256 of the table in {@code tableVersion}, 64 hexadecimal digits.
 */
public record TableChange(long tableVersion, long activeVersion, long previousVersion, String sha256) {
    public TableChange {
        WireRange.sha256(sha256);
    }
}
