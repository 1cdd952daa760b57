package io.t1.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that does nothing for 100 ms, once, at 1,000 requests a second. */
class CoordinatedOmissionTest {
    private static final long STALL_NS = 100_000_000;
    private static final int STALL_AT = 300;

    @TempDir
    Path directory;

    @Test
    void chargesAStallToEveryRequestThatWasDueMeanwhile() throws IOException, InterruptedException {
        final Path socket = directory.resolve("s");
        try (StallingServer server = new StallingServer(socket, STALL_AT, STALL_NS)) {
            final LoadResult result =
                    new OpenLoop(load(socket).measureNs(1_000_000_000), Arrivals.CONSTANT, 1_000).run();
            final Histogram latencies = result.requireClean().histogram();
            assertTrue(server.stalledNs() >= STALL_NS, "the server didn't stall");
            assertEquals(1_000, latencies.getTotalCount());
            // request 300 waits 100 ms or more, 301 one ms less, ..., so 51 wait 50 ms or more and 91 wait 10 ms
            assertTrue(over(latencies, 50_000_000) >= 51, () -> "50 ms and over: " + over(latencies, 50_000_000));
            assertTrue(over(latencies, 10_000_000) >= 91, () -> "10 ms and over: " + over(latencies, 10_000_000));
            assertTrue(latencies.getValueAtPercentile(95) >= 49_000_000, "p95=" + latencies.getValueAtPercentile(95));
            assertTrue(latencies.getMaxValue() >= STALL_NS, "max=" + latencies.getMaxValue());
        }
    }

    @Test
    void chargesItAsMuchWhenFewMayBeInFlight() throws IOException, InterruptedException {
        final Path socket = directory.resolve("s");
        try (StallingServer server = new StallingServer(socket, STALL_AT, STALL_NS)) {
            final LoadResult result =
                    new OpenLoop(load(socket).inFlight(4).measureNs(1_000_000_000), Arrivals.CONSTANT, 1_000).run();
            final Histogram latencies = result.requireClean().histogram();
            assertTrue(server.stalledNs() >= STALL_NS, "the server didn't stall");
            assertTrue(result.postponed() >= 1, "nothing was postponed by in-flight=4");
            assertTrue(over(latencies, 50_000_000) >= 51, () -> "50 ms and over: " + over(latencies, 50_000_000));
        }
    }

    @Test
    void aLoopThatWaitsForItsAnswersSeesOneSlowRequest() throws IOException {
        final Path socket = directory.resolve("s");
        try (StallingServer server = new StallingServer(socket, STALL_AT, STALL_NS);
                OneInFlight probe = new OneInFlight(load(socket).measureNs(300_000_000), Waiting.BLOCKING)) {
            final Histogram latencies = probe.run().requireClean().histogram();
            assertTrue(server.stalledNs() >= STALL_NS, "the server didn't stall");
            final long slow = over(latencies, 50_000_000);
            assertTrue(slow >= 1 && slow < 10, "50 ms and over: " + slow);
        }
    }

    @Test
    void theLogHoldsWhatWasRecordedByTheSecond() throws IOException {
        final LatencyRecord record = new LatencyRecord(1_700_000_000_000L);
        record.record(0, 1_000);
        record.record(999_999_999, 2_000);
        record.record(2_000_000_000, 3_000_000);
        final Path file = directory.resolve("load.hlog");
        record.write(file, "three");
        try (var reader = new HistogramLogReader(Files.newInputStream(file))) {
            final long[] counts = new long[3];
            long max = 0;
            for (int second = 0; second < counts.length; second++) {
                final Histogram interval = (Histogram) reader.nextIntervalHistogram();
                counts[second] = interval.getTotalCount();
                max = Math.max(max, interval.getMaxValue());
            }
            assertEquals(2, counts[0]);
            assertEquals(0, counts[1]);
            assertEquals(1, counts[2]);
            assertEquals(3_000_000.0, (double) max, 3_000.0);
        }
    }

    private static LoadContext load(final Path socket) {
        return new LoadContext(waiting -> SocketPipe.connect(socket, waiting)).warmupNs(0);
    }

    private static long over(final Histogram latencies, final long ns) {
        return latencies.getCountBetweenValues(ns, Long.MAX_VALUE);
    }
}
