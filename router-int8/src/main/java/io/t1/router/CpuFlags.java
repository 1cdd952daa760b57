package io.t1.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the processor can do that the Vector API doesn't tell: it shuffles bytes in 512-bit registers where the processor
 * can, and makes objects of them where it can't.
 */
final class CpuFlags {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** Bytes of 512-bit registers are shuffled in one step: Linux writes it without the underscore of its second part. */
    static final boolean AVX512_VBMI = has("avx512vbmi");

    private CpuFlags() {}

    /** Whether Linux names the flag for the first processor; false where there is no such file. */
    private static boolean has(final String flag) {
        try {
            return Files.readAllLines(CPUINFO, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> List.of(line.split("\\s+")).contains(flag))
                    .orElse(false);
        } catch (final IOException _) {
            return false; // another system: the kernel that needs no flag is a little slower
        }
    }
}
