package io.t1.codec.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadPriorityTest {
    private static final int NICE_FIELD = 16; // of /proc/thread-self/stat, counted from behind the thread's name

    @Test
    @EnabledOnOs(OS.LINUX)
    void lowersTheThreadThatAsksAndNoOther() {
        final int before = nice();
        final var lowered = new CompletableFuture<Integer>();
        Thread.ofPlatform().start(() -> {
            try {
                assertTrue(ThreadPriority.lower(ThreadPriority.LEAST));
                lowered.complete(nice());
            } catch (final Throwable e) {
                lowered.completeExceptionally(e);
            }
        });
        assertEquals(ThreadPriority.LEAST, lowered.join());
        assertEquals(before, nice());
    }

    @ParameterizedTest
    @ValueSource(ints = {-20, 0, 20})
    void refusesWhatIsNoLowerPriority(final int nice) {
        final var refused = assertThrows(IllegalArgumentException.class, () -> ThreadPriority.lower(nice));
        assertEquals("nice=" + nice + " not in 1..19", refused.getMessage());
    }

    private static int nice() {
        try {
            final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
