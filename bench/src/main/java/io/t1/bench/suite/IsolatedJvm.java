package io.t1.bench.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures in a JVM of its own: no measurement meets the code that another has made the
 * JVM compile, and one that hangs or dies takes nobody with it.
 */
public final class IsolatedJvm {
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";
    private static final String NOTICE = "WARNING: Using incubator modules: ";
    private static final long RELAY_MS = 5_000;

    private IsolatedJvm() {}

    /** What the other JVM does. */
    public interface Work {
        /** Measures; the result goes back as bytes. */
        byte[] measure(BenchRun run) throws Exception;
    }

    /**
     * The other JVM's main method: does the work that the first argument names, with the effort of the second and the
     * processors of the fourth in the checkout of the fifth, and writes its result to the file of the third.
     */
    public static void main(final String[] arguments, final Function<String, Work> works) throws Exception {
        final Path folder = Files.createTempDirectory("t1b");
        try {
            final BenchRun run = new BenchRun(
                    Effort.of(arguments[1]),
                    Cores.parse(arguments[3]),
                    folder,
                    NativePrograms.ofHome(Path.of(arguments[4])),
                    text -> System.err.println("  " + text));
            Files.write(Path.of(arguments[2]), works.apply(arguments[0]).measure(run));
        } finally {
            delete(folder);
        }
        System.exit(0); // whatever threads a peer's library has left
    }

    /**
     * Runs a main method in another JVM.
     *
     * @param home the checkout, whose C references are used.
     * @param seconds that it may take.
     * @param progress hears what it says.
     * @return what it wrote.
     * @throws IllegalStateException if it fails or takes longer than it may.
     */
    public static byte[] run(
            final Class<?> main,
            final String work,
            final BenchRow.Placement placement,
            final Effort effort,
            final Path home,
            final int seconds,
            final PrintWriter progress)
            throws IOException, InterruptedException {
        final Path result = Files.createTempFile("t1-bench", ".json");
        try {
            final ProcessBuilder builder = new ProcessBuilder(command(
                            main,
                            placement,
                            List.of(
                                    work,
                                    effort.name(),
                                    result.toString(),
                                    Cores.ofThisMachine().toString(),
                                    home.toString())))
                    .redirectOutput(Redirect.DISCARD);
            builder.environment().putIfAbsent("T1_LOG_LEVEL", "ERROR"); // peers' libraries tell of each start
            final Process process = builder.start();
            final Thread reader = Thread.ofVirtual().start(() -> relay(process, progress));
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("took longer than " + seconds + " s");
            }
            reader.join(RELAY_MS);
            if (process.exitValue() != 0) {
                throw new IllegalStateException("its JVM exited with " + process.exitValue());
            }
            return Files.readAllBytes(result);
        } finally {
            Files.deleteIfExists(result);
        }
    }

    private static List<String> command(
            final Class<?> main, final BenchRow.Placement placement, final List<String> arguments) {
        final List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (!java.contains(VECTOR)) {
            java.add(VECTOR);
        }
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        java.addAll(arguments);
        return placement == BenchRow.Placement.CLIENTS ? Cores.ofThisMachine().onClient(java) : java;
    }

    private static void relay(final Process process, final PrintWriter progress) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(NOTICE)) { // the JVM's one notice about the vector module, which no flag hides
                    progress.println(line);
                }
            }
        } catch (final IOException e) {
            progress.println("  lost what it says: " + e.getMessage());
        }
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
