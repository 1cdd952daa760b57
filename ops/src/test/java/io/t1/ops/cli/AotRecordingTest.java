package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a JVM whose recordings fail as often as the test says. */
class AotRecordingTest {
    private static final String WHY = "[error][aot] codec.jar has been modified";

    /** Records, or fails while {@code fails} holds more than its tries; says how else it was called. */
    private static final String JVM = """
            #!/usr/bin/env bash
            for word in "$@"; do case $word in -XX:AOTCacheOutput=*) out=${word#*=} ;; esac; done
            home=$(dirname "$(dirname "$0")")
            if [ -n "${out:-}" ]; then
              echo >>"$home/tries"
              [ "$(wc -l <"$home/tries")" -gt "$(cat "$home/fails")" ] || { echo "%s" >&2; exit 1; }
              echo recorded >"$out"
            else
              echo "ran $*"
            fi
            """.formatted(WHY);

    @TempDir
    private Path root;

    private Path jdk;

    @BeforeEach
    void buildTree() throws IOException {
        jdk = root.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(jdk.resolve("tries"), "");
        executable(jdk.resolve("bin/java"), JVM);
        executable(jdk.resolve("bin/javac"), "");
        executable(jdk.resolve("bin/jar"), "#!/usr/bin/env bash\ntouch \"$3\"\n");
        final Path tree = Path.of("..").toAbsolutePath().normalize();
        executable(root.resolve("t1"), Files.readString(tree.resolve("t1")));
        Files.createDirectories(root.resolve(".mvn"));
        Files.copy(tree.resolve(".mvn/find-jdk.sh"), root.resolve(".mvn/find-jdk.sh"));
        old(Files.copy(tree.resolve(".jvmopts"), root.resolve(".jvmopts")));
        old(Files.createFile(root.resolve("pom.xml")));
        for (final String module : List.of("codec", "router-int8", "gating", "sidecar", "ops")) {
            old(Files.createDirectories(root.resolve(module).resolve("src/main")));
            old(Files.createFile(root.resolve(module).resolve("pom.xml")));
            Files.createDirectories(root.resolve(module).resolve("target"));
        }
        old(Files.createDirectories(root.resolve("sidecar/src/build")));
        final Path jar = old(Files.createFile(root.resolve("ops/target/ops-1.jar")));
        old(Files.writeString(root.resolve("ops/target/t1.classpath"), jar.toString()));
        Files.createFile(root.resolve("ops/target/t1.built"));
    }

    private static void executable(final Path file, final String text) throws IOException {
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Path old(final Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(9))));
    }

    @Test
    void aRecordingThatFailedOnceIsMadeAtOnce() throws Exception {
        final String said = run(1);
        assertEquals(2, tries(), said);
        assertFalse(said.contains("no AOT cache"), said);
        assertTrue(said.contains("-XX:AOTCache=" + root.resolve("ops/target/t1.cli.aot")), said);
    }

    @Test
    void whatWentWrongIsSaidAndIsTriedAgainInAnHour() throws Exception {
        final String said = run(1_000);
        assertEquals(2, tries(), said);
        assertTrue(said.contains("no AOT cache for cli: " + WHY + ";"), said);
        assertTrue(said.contains("ran "), "the command runs all the same: " + said);
        assertFalse(said.contains("-XX:AOTCache="), said);

        final String soon = run(1_000);
        assertEquals(2, tries(), soon);
        assertFalse(soon.contains("no AOT cache"), soon);

        final Instant twoHoursAgo = Instant.now().minus(Duration.ofHours(2));
        Files.setLastModifiedTime(root.resolve("ops/target/t1.jar"), FileTime.from(twoHoursAgo));
        Files.setLastModifiedTime(root.resolve("ops/target/t1.cli.aot.tried"), FileTime.from(twoHoursAgo));
        final String later = run(0);
        assertEquals(3, tries(), later);
        assertTrue(later.contains("-XX:AOTCache="), later);
    }

    private int tries() throws IOException {
        return Files.readAllLines(jdk.resolve("tries")).size();
    }

    private String run(final int fails) throws Exception {
        Files.writeString(jdk.resolve("fails"), fails + "\n");
        final Path said = root.resolve("said.txt");
        final ProcessBuilder launcher = new ProcessBuilder(root.resolve("t1").toString(), "tables")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        launcher.environment().putAll(Map.of("T1_JAVA_HOME", jdk.toString()));
        final Process process = launcher.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the launcher didn't end within 30 s");
        final String text = Files.readString(said, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
