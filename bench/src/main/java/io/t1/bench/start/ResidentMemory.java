package io.t1.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has in memory, in KiB, as {@code /proc/PID/smaps_rollup} tells.
 *
 * @param when it was looked at.
 * @param totalKib all of it: RSS.
 * @param anonymousKib that the process alone has and that no file holds.
 * @param fileKib pages of files, which the system can drop: jars, libraries, the AOT cache, the store.
 * @param sharedKib that other processes have mapped too.
 * @param shmemKib of files in memory: rings.
 */
public record ResidentMemory(
        String when, long totalKib, long anonymousKib, long fileKib, long sharedKib, long shmemKib) {
    static ResidentMemory ofProcess(final long pid, final String when) throws IOException {
        long total = 0;
        long anonymous = 0;
        long shared = 0;
        long shmem = 0;
        for (final String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            final String[] words = line.split("\\s+", 3);
            switch (words[0]) {
                case "Rss:" -> total = Long.parseLong(words[1]);
                case "Anonymous:" -> anonymous = Long.parseLong(words[1]);
                case "Shared_Clean:", "Shared_Dirty:" -> shared += Long.parseLong(words[1]);
                case "Pss_Shmem:" -> shmem = Long.parseLong(words[1]);
                default -> {} // the other figures
            }
        }
        return new ResidentMemory(when, total, anonymous, total - anonymous - shmem, shared, shmem);
    }
}
