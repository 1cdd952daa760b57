package io.t1.sidecar.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * The Chronicle Queue on disk, a file an hour, within the bytes that it may take.
 *
 * <p>Threading: one thread.
 */
final class ObservationQueue implements AutoCloseable {
    static final RollCycle ROLL_CYCLE = RollCycles.FAST_HOURLY;
    /** Files grow by this; a record may take a quarter of it. */
    static final int BLOCK_BYTES = 4 << 20;

    private static final String FILES = "*" + SingleChronicleQueue.SUFFIX;

    private final Path directory;
    private final long retentionBytes;
    private final long minFreeBytes;
    private final EpochClock clock;
    private @Nullable SingleChronicleQueue queue;
    private @Nullable ExcerptAppender appender;
    private byte[] record = new byte[64 * 1024];

    ObservationQueue(final Path directory, final long retentionBytes, final long minFreeBytes, final EpochClock clock) {
        this.directory = directory;
        this.retentionBytes = retentionBytes;
        this.minFreeBytes = minFreeBytes;
        this.clock = clock;
    }

    /**
     * Opens the queue when it isn't open.
     *
     * @return why it can't take records; empty when it can.
     */
    String open() throws IOException {
        if (queue == null) {
            Files.createDirectories(directory);
            ChronicleSettings.apply();
            queue = SingleChronicleQueueBuilder.binary(directory)
                    .rollCycle(ROLL_CYCLE)
                    .blockSize(BLOCK_BYTES)
                    .timeProvider(clock::time)
                    .build();
            appender = queue.createAppender();
        }
        return upkeep();
    }

    /** Hands a record to the operating system. */
    void append(final DirectBuffer buffer, final int index, final int length) {
        if (appender == null) {
            throw new IllegalStateException("the queue isn't open");
        }
        if (length > record.length) {
            record = new byte[length];
        }
        buffer.getBytes(index, record, 0, length);
        try (var document = appender.writingDocument()) {
            final Bytes<?> bytes = document.wire().bytes();
            bytes.write(record, 0, length);
        }
    }

    /**
     * Deletes the oldest hours while the files take more than they may.
     *
     * @return why no further record may be written; empty when it may.
     */
    String upkeep() throws IOException {
        final List<Path> files = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(directory, FILES)) {
            entries.forEach(files::add);
        }
        files.sort(null); // names sort by hour
        long total = 0;
        for (final Path file : files) {
            total += file.toFile().length(); // 0 for one that somebody else has just deleted
        }
        int deleted = 0;
        while (total > retentionBytes && deleted < files.size() - 1) { // the newest is written to
            final Path oldest = files.get(deleted++);
            total -= oldest.toFile().length();
            Files.deleteIfExists(oldest);
        }
        if (deleted > 0 && queue != null) {
            queue.refreshDirectoryListing();
        }
        if (total > retentionBytes) {
            return "the journal of this hour takes " + total + " bytes > retentionBytes=" + retentionBytes
                    + ": allow it more disk";
        }
        final long free = Files.getFileStore(directory).getUsableSpace();
        if (free < minFreeBytes) {
            return "the disk of " + directory + " has " + free + " bytes left < minFreeBytes=" + minFreeBytes
                    + ": free some";
        }
        return "";
    }

    @Override
    public void close() {
        final SingleChronicleQueue open = queue;
        final ExcerptAppender writing = appender;
        queue = null;
        appender = null;
        try {
            if (writing != null) {
                writing.close();
            }
        } finally {
            if (open != null) {
                open.close();
            }
        }
    }
}
