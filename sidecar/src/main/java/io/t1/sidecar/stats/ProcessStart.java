package io.t1.sidecar.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * When this process began.
 *
 * <p>{@link ProcessHandle} adds the process's start, in ticks since boot, to a boot time that the kernel gives in whole
 * seconds, so it can be a second early. The same ticks against the time since boot are right to a tick, a hundredth of a
 * second.
 */
final class ProcessStart {
    private static final Path STATUS = Path.of("/proc/self/stat");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int START_FIELD = 19; // the 22nd of proc(5), counted from behind the command's name
    private static final int MILLIS_A_TICK = 10;

    private ProcessStart() {}

    /**
     * Unix time of the process's start.
     *
     * @param nowMillis Unix time now.
     */
    static long millis(final long nowMillis) {
        try {
            final String status = Files.readString(STATUS);
            final String[] fields =
                    status.substring(status.lastIndexOf(')') + 2).split(" ", START_FIELD + 2);
            final String uptime = Files.readString(UPTIME);
            final double sinceBootMs = 1e3 * Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            return nowMillis - Math.round(sinceBootMs - (double) MILLIS_A_TICK * Long.parseLong(fields[START_FIELD]));
        } catch (final IOException | RuntimeException e) { // no Linux, or another format: then to the second
            return ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(nowMillis);
        }
    }
}
