package io.t1.bench.suite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * A folder for files that two processes map: in memory where the system has such a place, since a disk's file is written
 * back now and then, and whoever touches it then waits. Closing it deletes it. Threading: one thread.
 */
public final class MappedFolder implements AutoCloseable {
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path path;

    private MappedFolder(final Path path) {
        this.path = path;
    }

    /** A new one; in the run's own folder where there is no place in memory. */
    public static MappedFolder of(final BenchRun run) throws IOException {
        final Path parent = Files.isWritable(IN_MEMORY) ? IN_MEMORY : run.folder("mapped");
        return new MappedFolder(Files.createTempDirectory(parent, "t1b"));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        final File folder = path.toFile();
        IoUtil.delete(folder, true);
    }
}
