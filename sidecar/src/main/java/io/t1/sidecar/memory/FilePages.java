package io.t1.sidecar.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of files that a start has walked through and a server doesn't need: the JVM's own code, its AOT cache, the
 * table store. Given back, those that are needed after all come from the system's file cache, at the cost of a minor
 * fault for 64 KiB of them.
 *
 * <p>Only mappings that stay where they are: what another thread may unmap in between isn't touched, since something else
 * may lie there by then. Threading: the thread that opens and closes the store. Linux; elsewhere nothing happens.
 */
public final class FilePages {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final String AOT_CACHE = ".aot";
    private static final int MADV_DONTNEED = 4;

    private final List<FileMapping> mappings;
    private final MethodHandle madvise;

    private FilePages(final List<FileMapping> mappings, final MethodHandle madvise) {
        this.mappings = mappings;
        this.madvise = madvise;
    }

    /**
     * Finds them. Finding, and linking the system's call, walks through more of the JVM than a quiet server does in
     * hours, so {@link #release} is for later.
     *
     * @param store the table store's file, which the calling thread alone maps.
     * @return null where the system can't take them back.
     * @throws IOException if the system doesn't tell what is mapped.
     */
    public static @Nullable FilePages find(final Path store) throws IOException {
        final MethodHandle madvise = Files.exists(MAPPINGS) ? madvise() : null;
        if (madvise == null) {
            return null;
        }
        final String runtime = Path.of(System.getProperty("java.home")).toRealPath() + "/";
        final String storeFile = Files.exists(store) ? store.toRealPath().toString() : "";
        final List<FileMapping> stay = new ArrayList<>();
        for (final FileMapping mapping : mapped()) {
            final String file = mapping.file();
            if (mapping.isCopyOfFile()
                    && (file.equals(storeFile) || file.startsWith(runtime) || file.endsWith(AOT_CACHE))) {
                stay.add(mapping);
            }
        }
        return new FilePages(stay, madvise);
    }

    /**
     * Gives them back.
     *
     * @return bytes of the mappings whose pages were.
     */
    public long release() {
        long released = 0;
        for (final FileMapping mapping : mappings) {
            if (advise(mapping)) {
                released += mapping.length();
            }
        }
        return released;
    }

    private static List<FileMapping> mapped() throws IOException {
        try (BufferedReader smaps = Files.newBufferedReader(MAPPINGS, StandardCharsets.ISO_8859_1)) {
            return FileMapping.read(smaps);
        }
    }

    @SuppressWarnings("restricted") // the only way to a system call
    private static @Nullable MethodHandle madvise() {
        final Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("madvise")
                .map(function -> linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT)))
                .orElse(null);
    }

    private boolean advise(final FileMapping mapping) {
        try {
            return (int) madvise.invokeExact(
                            MemorySegment.ofAddress(mapping.address()), mapping.length(), MADV_DONTNEED)
                    == 0;
        } catch (final Throwable e) { // what invokeExact declares; a downcall itself throws nothing
            throw new IllegalStateException("madvise failed", e);
        }
    }
}
