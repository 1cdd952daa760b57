package io.t1.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.IsolatedJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Measures a curve in a JVM of its own. */
final class CurveProcess {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_SECONDS = 900;

    private CurveProcess() {}

    /** In the other JVM. */
    public static void main(final String[] arguments) throws Exception {
        IsolatedJvm.main(
                arguments,
                name -> run -> JSON.writeValueAsBytes(Curves.named(name).measure(run)));
    }

    static List<Plot> run(final Curve curve, final Effort effort, final PrintWriter progress)
            throws IOException, InterruptedException {
        return read(IsolatedJvm.run(
                CurveProcess.class,
                curve.name(),
                BenchRow.Placement.CLIENTS,
                effort,
                ReportFiles.home(),
                MOST_SECONDS,
                progress));
    }

    static List<Plot> read(final byte[] json) throws IOException {
        return JSON.readValue(json, new TypeReference<List<Plot>>() {});
    }

    static byte[] write(final List<Plot> plots) throws IOException {
        return JSON.writeValueAsBytes(plots);
    }
}
