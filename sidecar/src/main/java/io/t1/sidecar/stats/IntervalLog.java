package io.t1.sidecar.stats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * The interval log on disk: a line a second and phase, tagged with the phase, as HdrHistogram's log readers and plotters
 * take it. A file starts with the server, with each UTC day, and when the last one is full; the oldest go when all
 * together take more than they may. A second without a passage writes no line.
 *
 * <p>Threading: one thread. Lost on kill -9: the open second.
 */
final class IntervalLog implements AutoCloseable {
    private static final String PREFIX = "latency-";
    private static final String SUFFIX = ".hlog";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final Path directory;
    private final long maxFileBytes;
    private final long maxTotalBytes;
    private @Nullable PrintStream stream;
    private @Nullable HistogramLogWriter writer;
    private @Nullable Path file;
    private long day = Long.MIN_VALUE;

    /**
     * @param directory made when missing.
     * @param maxFileBytes a file over this ends.
     * @param maxTotalBytes the oldest files go while all together take more.
     */
    IntervalLog(final Path directory, final long maxFileBytes, final long maxTotalBytes) {
        this.directory = directory;
        this.maxFileBytes = maxFileBytes;
        this.maxTotalBytes = maxTotalBytes;
    }

    /** Starts a new file when one is due; call before the lines of a second. */
    void rollIfDue(final long nowMillis) throws IOException {
        final long today = Math.floorDiv(nowMillis, MILLIS_PER_DAY);
        if (file != null && today == day && Files.size(file) < maxFileBytes) {
            return;
        }
        close();
        Files.createDirectories(directory);
        final Path next = directory.resolve(PREFIX + NAME.format(Instant.ofEpochMilli(nowMillis)) + SUFFIX);
        final PrintStream out = new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(next)), false, StandardCharsets.US_ASCII);
        final HistogramLogWriter lines = new HistogramLogWriter(out);
        lines.outputComment("[service times by phase, in nanoseconds; not corrected for coordinated omission]");
        lines.outputLogFormatVersion();
        lines.outputStartTime(nowMillis);
        lines.setBaseTime(nowMillis);
        lines.outputLegend();
        out.flush();
        stream = out;
        writer = lines;
        file = next;
        day = today;
        deleteOldest();
    }

    /** Writes a phase's second, which began and ended at these Unix times. */
    void write(final Phase phase, final Histogram histogram, final long fromMillis, final long toMillis) {
        if (writer == null || histogram.getTotalCount() == 0) {
            return;
        }
        histogram.setTag(phase.label());
        histogram.setStartTimeStamp(fromMillis);
        histogram.setEndTimeStamp(toMillis);
        final double base = writer.getBaseTime();
        writer.outputIntervalHistogram((fromMillis - base) / 1e3, (toMillis - base) / 1e3, histogram, NANOS_PER_MILLI);
    }

    /** Hands the lines to the operating system. */
    void flush() throws IOException {
        if (stream != null && stream.checkError()) { // which flushes; a print stream keeps its failures to itself
            throw new IOException("can't write " + file);
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
        stream = null;
        writer = null;
        file = null;
    }

    private void deleteOldest() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            entries.forEach(files::add);
        }
        files.sort(null); // names sort by time
        long total = 0;
        for (final Path each : files) {
            total += Files.size(each);
        }
        for (final Path oldest : files) {
            if (total <= maxTotalBytes || oldest.equals(file)) {
                return;
            }
            total -= Files.size(oldest);
            Files.delete(oldest);
        }
    }
}
