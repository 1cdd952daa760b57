package io.t1.sidecar.stats;

import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.journal.JournalCounters;
import java.util.List;
import java.util.Map;

/**
 * All figures of the server at one moment. Counters run from the server's start.
 *
 * @param server what runs.
 * @param readiness whether traffic may come.
 * @param traffic frames, bytes and connections.
 * @param decisions by arm and by flag.
 * @param window latencies of the last 60 closed seconds and the open one.
 * @param sinceStart latencies of all time.
 * @param errors by code, every code in it.
 * @param tables every stored table.
 * @param tableOffheapBytes what all laid-out tables hold off-heap.
 * @param reloads tries to replace a table.
 * @param journal the journal's counters.
 * @param history the last minute, oldest second first.
 */
public record StatsSnapshot(
        Server server,
        Readiness readiness,
        Traffic traffic,
        Decisions decisions,
        Map<Phase, LatencyFigures> window,
        Map<Phase, LatencyFigures> sinceStart,
        Map<ErrorCode, Long> errors,
        List<TableRow> tables,
        long tableOffheapBytes,
        Reloads reloads,
        JournalCounters journal,
        List<SecondHistory.Second> history) {

    /** The body of {@code /stats} and of the wire's {@code StatsResponse}. */
    public String toJson() {
        return StatsJson.of(this);
    }

    /**
     * What runs.
     *
     * @param processor its model name.
     * @param cores that the JVM may use.
     * @param kernel the kernel in use; empty before one is chosen.
     * @param transport the transport in use; empty before one is open.
     * @param recording how much is timed.
     * @param atMillis Unix time of this snapshot.
     * @param startedAtMillis Unix time of the process's start.
     * @param startup steps reached, in order, with milliseconds since the process's start.
     */
    public record Server(
            String processor,
            int cores,
            String kernel,
            String transport,
            Recording recording,
            long pid,
            long atMillis,
            long startedAtMillis,
            Map<String, Long> startup) {}

    /**
     * Rings in shared memory.
     *
     * @param opened since the start.
     * @param closed since the start.
     * @param requests frames that came by rings; they are among the requests and outcomes of all.
     * @param mappedBytes off-heap bytes of the rings open now.
     */
    public record Rings(long opened, long closed, long requests, long mappedBytes) {
        /** Rings open now. */
        public long open() {
            return opened - closed;
        }
    }

    /** Frames, bytes and connections. */
    public record Traffic(
            long requests,
            long outcomes,
            long connectionsOpened,
            long connectionsClosed,
            long bytesIn,
            long bytesOut,
            Rings rings) {
        /** Connections open now. */
        public long connectionsOpen() {
            return connectionsOpened - connectionsClosed;
        }
    }

    /** Decisions by arm and, of all of them, by flag. */
    public record Decisions(
            long skip,
            long cheap,
            long full,
            long batches,
            long explored,
            long capped,
            long lowGain,
            long degraded,
            long overloaded) {
        /** All arms. */
        public long count() {
            return skip + cheap + full;
        }
    }

    /**
     * Tries to replace a table.
     *
     * @param last the newest ones, newest first.
     */
    public record Reloads(long accepted, long refused, List<ReloadEvent> last) {}
}
