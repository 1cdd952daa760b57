package io.t1.codec.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuAffinityTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPinnedThreadRunsOnItsCpuAlone() throws Exception {
        final List<Integer> allowed = CpuAffinity.allowed();
        for (final int cpu : allowed) {
            assertEquals("Cpus_allowed_list:\t" + cpu, allowedListOfAThreadPinnedTo(cpu));
        }
        assertEquals(allowed, CpuAffinity.allowed(), "another thread's pin doesn't touch this one");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesACpuThatIsNotThere() {
        final IOException refused = assertThrows(IOException.class, () -> CpuAffinity.pin(CpuList.LIMIT - 1));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("cpu=1023 isn't there"), refused.getMessage());
    }

    @Test
    void readsNumbersAndRangesAndDealsThemInTurn() {
        final CpuList cpus = CpuList.parse("2-4,0");
        assertEquals(List.of(2, 3, 4, 0), cpus.cpus());
        assertEquals(4, cpus.of(2));
        assertEquals(3, cpus.of(5));
        assertEquals(cpus, CpuList.parse(cpus.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1,", "-1", "3-1", "1024", "0-9999999", "1.5"})
    void refusesWhatIsNoListOfCpus(final String text) {
        assertThrows(IllegalArgumentException.class, () -> CpuList.parse(text), text);
    }

    private static String allowedListOfAThreadPinnedTo(final int cpu) throws InterruptedException {
        final AtomicReference<String> seen = new AtomicReference<>("nothing");
        final Thread thread = Thread.ofPlatform().start(() -> {
            try {
                CpuAffinity.pin(cpu);
                seen.set(Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list"))
                        .findFirst()
                        .orElseThrow());
            } catch (final IOException e) {
                seen.set(e.toString());
            }
        });
        thread.join();
        return String.valueOf(seen.get());
    }
}
