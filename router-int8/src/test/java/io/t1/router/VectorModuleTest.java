package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, which was started without the module. */
class VectorModuleTest {
    private static final long DEADLINE_SECONDS = 60;
    private static final String EXPORT = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

    @Test
    void loadsTheModuleWhileTheJvmRunsAndItsKernelComputesAsTheOthersDo() throws Exception {
        assertEquals("before=false loaded=true available=true same=true", output(List.of(EXPORT)));
    }

    @Test
    void saysThatItCantWithoutTheExport() throws Exception {
        assertEquals("before=false loaded=false available=false same=true", output(List.of()));
    }

    private static String output(final List<String> flags) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("@" + Path.of(System.getProperty("t1.project.root", ".."), ".jvmopts"));
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Loading.class.getName());
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), output);
            final List<String> lines = output.lines().toList();
            return lines.isEmpty() ? output : lines.getLast();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What that JVM runs. */
    public static final class Loading {
        private Loading() {}

        /** Loads, and computes a query by every kernel that is there. */
        public static void main(final String[] args) {
            final boolean before = VectorModule.isLoaded();
            final boolean loaded = VectorModule.load();
            System.out.println("before=" + before + " loaded=" + loaded + " available=" + KernelKind.VECTOR.available()
                    + " same=" + allTheSame());
        }

        private static boolean allTheSame() {
            try (RouterTable table = RouterTable.of(RandomTables.artifact(1, 4, 4, 1))) {
                final byte[] codes = {1, 50, 100, -1};
                final int[] expected = new int[4];
                KernelKind.SCALAR.bind(table).accumulate(codes, expected, 1, 1);
                return Arrays.stream(KernelKind.values())
                        .filter(KernelKind::available)
                        .allMatch(kind -> {
                            final int[] sums = new int[4];
                            kind.bind(table).accumulate(codes, sums, 1, 1);
                            return Arrays.equals(expected, sums);
                        });
            }
        }
    }
}
