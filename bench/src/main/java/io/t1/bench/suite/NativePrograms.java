package io.t1.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The C references, built by the system's compiler when one is asked for.
 *
 * @param sources where the {@code .c} files are.
 * @param built where programs go.
 */
public record NativePrograms(Path sources, Path built) {
    private static final int BUILD_SECONDS = 60;
    private static final int RUN_SECONDS = 60;

    /** Of a checkout. */
    public static NativePrograms ofHome(final Path home) {
        return new NativePrograms(home.resolve("bench/native"), home.resolve("bench/target/native"));
    }

    /**
     * Builds a program unless it is built already.
     *
     * @throws Unavailable without a compiler.
     */
    public Path program(final String name) throws Unavailable, IOException, InterruptedException {
        final Path source = sources.resolve(name + ".c");
        final Path program = built.resolve(name);
        if (!Files.exists(source)) {
            throw new Unavailable("bench/native/" + name + ".c isn't there");
        }
        if (Files.exists(program) && isNewer(program)) {
            return program;
        }
        if (!Programs.isThere("cc")) {
            throw new Unavailable("no C compiler: cc isn't on the path");
        }
        Files.createDirectories(built);
        Programs.run(
                List.of(
                        "cc",
                        "-O3",
                        "-march=native",
                        "-std=gnu17",
                        "-Wall",
                        "-Wextra",
                        "-o",
                        program.toString(),
                        source.toString(),
                        "-lm"),
                BUILD_SECONDS);
        return program;
    }

    /** Runs one and reads the line of JSON that it prints. */
    public JsonNode run(final String name, final String... options)
            throws Unavailable, IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(program(name).toString()));
        command.addAll(List.of(options));
        return new ObjectMapper().readTree(Programs.run(command, RUN_SECONDS));
    }

    private boolean isNewer(final Path program) throws IOException {
        try (var files = Files.list(sources)) {
            for (final Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(program)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
