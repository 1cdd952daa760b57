package io.t1.sidecar.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which processor this runs on: latencies mean little without it. */
final class Processor {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL_NAME = "model name";

    private Processor() {}

    /** The model name that the operating system tells, else the architecture. */
    static String name() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(MODEL_NAME))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElseGet(Processor::architecture);
        } catch (final IOException e) {
            return architecture(); // no such file on this system: the figures are right all the same
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }
}
