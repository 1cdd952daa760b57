package io.t1.bench.start;

import java.util.List;

/**
 * Starts of a server, and how it serves once it is warm.
 *
 * @param starts each of a process of its own.
 * @param steady seconds of the last of them, at the same rate as the first seconds.
 */
public record StartRun(List<ServerStart> starts, List<PacedSecond> steady) {
    public StartRun {
        starts = List.copyOf(starts);
        steady = List.copyOf(steady);
    }
}
