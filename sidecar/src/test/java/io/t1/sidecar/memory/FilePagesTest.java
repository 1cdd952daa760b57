package io.t1.sidecar.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {
    private static final int LENGTH = 8 << 20;
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aStoreWhosePagesWereGivenBackReadsAsItWasWritten() throws IOException {
        final Path store = directory.resolve("store");
        try (FileChannel channel =
                FileChannel.open(store, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, LENGTH);
            for (int at = 0; at < LENGTH; at += PAGE) {
                map.putInt(at, at + 1);
            }
            assertEquals(LENGTH / 1024, residentKib(store));
            final FilePages pages = FilePages.find(store);
            assertNotNull(pages);
            assertTrue(pages.release() >= LENGTH);
            assertEquals(0, residentKib(store));
            for (int at = 0; at < LENGTH; at += PAGE) {
                assertEquals(at + 1, map.getInt(at));
            }
        }
    }

    @Test
    void onlyWhatTheFileHoldsTooIsACopyOfIt() throws IOException {
        final String smaps = """
                7f00-8f00 r-xp 00000000 fe:00 17                         /jdk/lib/server/libjvm.so
                Rss:                 900 kB
                Anonymous:             0 kB
                VmFlags: rd ex mr mw me
                8f00-9f00 r--p 00000000 fe:00 17                         /jdk/lib/server/libjvm.so
                Anonymous:             8 kB
                9f00-af00 rw-p 00000000 fe:00 17                         /jdk/lib/server/libjvm.so
                Anonymous:             0 kB
                af00-bf00 rw-s 00000000 fe:00 18                         /a folder/tables.chm
                Anonymous:             0 kB
                bf00-cf00 rw-p 00000000 00:00 0                          [heap]
                Anonymous:          4096 kB
                cf00-df00 rw-p 00000000 00:00 0
                Anonymous:            12 kB
                """;
        final List<FileMapping> mappings = FileMapping.read(new BufferedReader(new StringReader(smaps)));
        assertEquals(4, mappings.size());
        assertTrue(mappings.get(0).isCopyOfFile());
        assertFalse(mappings.get(1).isCopyOfFile(), "relocated when it was loaded");
        assertFalse(mappings.get(2).isCopyOfFile(), "may be written to before it is given back");
        assertTrue(mappings.get(3).isCopyOfFile());
        assertEquals(new FileMapping(0xaf00, 0x1000, "/a folder/tables.chm", true, true, 0), mappings.get(3));
    }

    private static long residentKib(final Path file) throws IOException {
        long resident = 0;
        boolean ours = false;
        for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (Character.isLowerCase(line.charAt(0)) || Character.isDigit(line.charAt(0))) {
                ours = line.endsWith(file.toRealPath().toString());
            } else if (ours && line.startsWith("Rss:")) {
                resident += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return resident;
    }
}
