package io.t1.ops.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command line as the launcher starts it for Spark: a process whose native output goes through the same filter.
 *
 * @param exitCode of the process.
 * @param out standard output.
 * @param err standard error.
 */
record SparkProcess(int exitCode, String out, List<String> err) {
    private static final Path ROOT = Path.of(System.getProperty("t1.project.root"));
    /** The launcher's last lines. */
    private static final String FILTERED =
            "exec 3>&2; T1_STDERR=3 exec \"$@\" 2> >(exec grep --line-buffered -Ev -f \"$0\" >&3)";

    /** Runs a command to its end, in a folder for its output. */
    static SparkProcess run(final Path folder, final String... words) throws IOException, InterruptedException {
        final Path out = folder.resolve("out.txt");
        final Path err = folder.resolve("err.txt");
        final List<String> command =
                new ArrayList<>(List.of("bash", "-c", FILTERED, ROOT.resolve("ops/spark/.dropped") + ""));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "@" + ROOT.resolve(".jvmopts"),
                "--add-modules=jdk.incubator.vector",
                "@" + ROOT.resolve("ops/spark/.jvmopts"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.t1.ops.cli.Launch"));
        command.addAll(List.of(words));
        final Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                throw new IOException("still running after 4 minutes: " + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new SparkProcess(process.exitValue(), Files.readString(out), Files.readAllLines(err));
    }
}
