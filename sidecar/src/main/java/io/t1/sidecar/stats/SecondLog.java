package io.t1.sidecar.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes seconds to the interval log for as long as that can be written: what can't loses its second and is tried again with
 * the next, since figures shall go on without their log. Says so once, until it can again.
 *
 * <p>Threading: one thread.
 */
final class SecondLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLog.class);

    private final @Nullable IntervalLog log;
    private boolean open;
    private boolean failed;

    /**
     * @param directory of the log; null for none.
     * @param maxFileBytes a file over this ends.
     * @param maxTotalBytes the oldest files go while all together take more.
     */
    SecondLog(final @Nullable Path directory, final long maxFileBytes, final long maxTotalBytes) {
        log = directory == null ? null : new IntervalLog(directory, maxFileBytes, maxTotalBytes);
    }

    /** Before the lines of a second. */
    void begin(final long nowMillis) {
        open = false;
        if (log == null) {
            return;
        }
        try {
            log.rollIfDue(nowMillis);
            open = true;
        } catch (final IOException | UncheckedIOException e) {
            failed(e);
        }
    }

    /** A line of the second begun. */
    void write(final Phase phase, final Histogram histogram, final long fromMillis, final long toMillis) {
        if (open && log != null) {
            log.write(phase, histogram, fromMillis, toMillis);
        }
    }

    /** After them. */
    void end() {
        if (!open || log == null) {
            return;
        }
        try {
            log.flush();
            failed = false;
        } catch (final IOException e) {
            log.close(); // the next second tries a new file
            failed(e);
        }
    }

    private void failed(final Exception e) {
        if (!failed) {
            LOG.warn("the interval log misses seconds until it can be written again: {}", e.toString());
        }
        failed = true;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
