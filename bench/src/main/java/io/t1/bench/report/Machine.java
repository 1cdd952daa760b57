package io.t1.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was measured on; nothing that names the machine itself.
 *
 * @param processor as it calls itself.
 * @param flags of vectors that it has.
 */
record Machine(String processor, List<String> flags, int processors, long memoryGib, String kernel, String jdk) {
    private static final List<String> VECTOR_FLAGS =
            List.of("avx2", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "avx_vnni", "gfni");
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final double KIB_PER_GIB = 1024.0 * 1024;

    static Machine here() throws IOException {
        final List<String> cpu = Files.exists(CPU) ? Files.readAllLines(CPU) : List.of();
        final List<String> all = new ArrayList<>(List.of(field(cpu, "flags").split(" ", -1)));
        final long memoryGib = Files.exists(MEMORY)
                ? Math.round(Long.parseLong(
                                field(Files.readAllLines(MEMORY), "MemTotal").replace(" kB", ""))
                        / KIB_PER_GIB)
                : 0;
        return new Machine(
                field(cpu, "model name"),
                VECTOR_FLAGS.stream().filter(all::contains).toList(),
                Runtime.getRuntime().availableProcessors(),
                memoryGib,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.vendor") + " " + Runtime.version());
    }

    private static String field(final List<String> lines, final String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** As lines of Markdown. */
    String markdown() {
        return Stream.of(
                        "- " + processors + " processors, " + processor + " (" + String.join(", ", flags) + "), "
                                + memoryGib + " GiB",
                        "- " + kernel,
                        "- JDK: " + jdk,
                        "- measured on " + LocalDate.now(ZoneOffset.UTC))
                .collect(Collectors.joining("\n"));
    }
}
