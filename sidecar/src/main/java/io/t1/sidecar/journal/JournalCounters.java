package io.t1.sidecar.journal;

/**
 * What became of the observations since the start. Each decision and each outcome is one; {@code offered} is
 * {@code written + dropped} and what is on its way.
 *
 * @param state whether records reach the disk.
 * @param reason why not, for people; empty when they do.
 * @param offered observations that the event loops handed over.
 * @param written observations that the operating system has.
 * @param dropped observations that were lost, because the ring was full or the disk refused.
 * @param bytes of records written.
 */
public record JournalCounters(State state, String reason, long offered, long written, long dropped, long bytes) {
    /** No journal is kept. */
    public static final JournalCounters OFF = new JournalCounters(State.OFF, "no journal is kept", 0, 0, 0, 0);

    /** Whether records reach the disk. */
    public enum State {
        /** No journal is kept. */
        OFF,
        /** Not yet: the ring holds them. */
        OPENING,
        /** They do. */
        OPEN,
        /** They don't: each is dropped and counted until the disk takes them again. */
        FAILED,
        /** No more. */
        CLOSED
    }
}
