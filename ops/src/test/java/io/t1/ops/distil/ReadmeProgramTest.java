package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.gate.ArtifactFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program that learns from a user's own targets, compiled and run as it stands there. */
class ReadmeProgramTest {
    private static final Pattern BLOCK =
            Pattern.compile("```java\\n([^`]*MonotoneRouterDistiller[^`]*)```", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void itsFiveLinesWriteATable() throws Exception {
        final Matcher block = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(block.find(), "the README has the program");
        final String lines = block.group(1);
        assertEquals(5, lines.lines().count(), lines);
        final Path table = folder.resolve("router_distilled_int8.json");
        final Path source = Files.writeString(
                folder.resolve("Program.java"),
                "import io.t1.ops.distil.*;\nimport java.nio.file.Path;\npublic class Program {\n"
                        + "public static void run(float[][] x, double[] yTau, double[] ySpend, double[] yGain) {\n"
                        + lines.replace("\"router_distilled_int8.json\"", '"' + table.toString() + '"') + "}}\n");
        final int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, compiled, lines);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            final SplittableRandom random = new SplittableRandom(1);
            final float[][] x = new float[100][3];
            final double[] target = new double[100];
            for (int q = 0; q < x.length; q++) {
                x[q] = new float[] {random.nextInt(50) / 20f, 1 + random.nextInt(9), random.nextInt(100) / 100f};
                target[q] = x[q][0] / 3;
            }
            loader.loadClass("Program")
                    .getMethod("run", float[][].class, double[].class, double[].class, double[].class)
                    .invoke(null, x, target, target, target);
        }
        assertEquals(
                List.of("entropy", "query_length", "nl_confidence"),
                ArtifactFile.read(table).featureNames());
    }
}
