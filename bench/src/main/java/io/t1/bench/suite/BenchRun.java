package io.t1.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a row is given to measure with.
 *
 * @param effort how long it may take.
 * @param cores where servers and clients run.
 * @param folder empty, for sockets and data; its path is short enough for a socket's.
 * @param natives the C references.
 * @param say tells a person how far it has come.
 */
public record BenchRun(Effort effort, Cores cores, Path folder, NativePrograms natives, Consumer<String> say) {
    /** A folder of its own. */
    public Path folder(final String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }
}
