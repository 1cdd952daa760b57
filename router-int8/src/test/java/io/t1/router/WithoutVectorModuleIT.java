package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A JVM that was started without {@code --add-modules=jdk.incubator.vector} decides all the same. */
class WithoutVectorModuleIT {
    private static final long DEADLINE_SECONDS = 60;

    @Test
    void theOtherKernelsWorkAndTheVectorOneSaysWhatItNeeds() throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("@" + Path.of(System.getProperty("t1.project.root", ".."), ".jvmopts"));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Without.class.getName());
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            final String output = read(process);
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), output);
            assertEquals(0, process.exitValue(), output);
            assertTrue(output.contains("vector available: false"), output);
            assertTrue(output.contains("kernel=vector needs the JVM flag --add-modules=jdk.incubator.vector"), output);
            assertTrue(output.contains("chosen: "), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(final Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What that JVM runs. */
    public static final class Without {
        private Without() {}

        /** Binds every kernel and calibrates. */
        public static void main(final String[] args) {
            System.out.println("vector available: " + KernelKind.VECTOR.available());
            final RouterArtifact artifact = RandomTables.artifact(1, 4, 4, 1);
            try (RouterTable table = RouterTable.of(artifact)) {
                KernelKind.SCALAR.bind(table).accumulate(new byte[4 * 64], new int[4 * 64], 64, 64);
                KernelKind.LOOKUP.bind(table).accumulate(new byte[4 * 64], new int[4 * 64], 64, 64);
                KernelKind.LOOKUP.bindOne(table).compute(new byte[4], new int[8], new float[8]);
                Quantiser.of(artifact.features(), KernelKind.LOOKUP).quantise(new float[4], new byte[4]);
                System.out.println("chosen: " + KernelCalibration.choose("auto", 4, 4, 1, Duration.ofMillis(1)));
                KernelKind.VECTOR.bind(table);
            } catch (final IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
