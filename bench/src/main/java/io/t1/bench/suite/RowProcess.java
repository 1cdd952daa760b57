package io.t1.bench.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.rows.Rows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs a row in a JVM of its own. */
final class RowProcess {
    private static final JsonMapper JSON = new JsonMapper();

    private RowProcess() {}

    /** In the other JVM. */
    public static void main(final String[] arguments) throws Exception {
        IsolatedJvm.main(
                arguments,
                name -> run -> JSON.writeValueAsBytes(Rows.named(name).measure(run)));
    }

    static List<BenchResult> run(
            final BenchRow row, final Effort effort, final Path home, final int seconds, final PrintWriter progress)
            throws IOException, InterruptedException {
        return JSON.readValue(
                IsolatedJvm.run(RowProcess.class, row.name(), row.placement(), effort, home, seconds, progress),
                new TypeReference<List<BenchResult>>() {});
    }
}
