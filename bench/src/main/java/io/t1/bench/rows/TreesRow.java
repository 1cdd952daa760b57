package io.t1.bench.rows;

import io.t1.bench.OneDecisionBenchmark;
import io.t1.bench.peers.trees.TeacherFile;
import io.t1.bench.peers.trees.TeacherScoreBenchmark;
import io.t1.bench.peers.trees.TreePeer;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Numbers;
import io.t1.bench.suite.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** One decision in process, beside scoring the teacher for one query with the fastest of four libraries. */
final class TreesRow implements BenchRow {
    private static final Reach REACH = new Reach.TimesLess(100);

    @Override
    public String name() {
        return "trees";
    }

    @Override
    public String title() {
        return "one query in process, beside XGBoost4J, LightGBM4J, ONNX Runtime and a pure-Java predictor on the teacher";
    }

    /** So that the JIT compiles beside what is measured. */
    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final Path teacher = run.folder().resolve("teacher");
        run.say().accept("teacher: " + TeacherFile.describe(teacher));
        @Nullable Figure fastest = null;
        String name = "";
        final List<String> notes = new ArrayList<>();
        for (final TreePeer peer : TreePeer.values()) {
            final String library = peer.name().toLowerCase(Locale.ROOT);
            final Figure ns;
            try {
                ns = JmhForks.ns(
                        run,
                        JmhForks.Pace.LIBRARY,
                        TeacherScoreBenchmark.class,
                        "score",
                        Map.of("peer", peer.name(), "teacher", teacher.toString()));
            } catch (final RunnerException e) {
                notes.add(library + ": failed: " + e.getMessage());
                continue;
            }
            notes.add(library + ": " + Numbers.text(ns.median()) + " ns (" + ns.spread()
                    + "), equal to XGBoost4J to 1e-5 in each fork");
            if (fastest == null || ns.median() < fastest.median()) {
                fastest = ns;
                name = library;
            }
        }
        if (fastest == null) {
            throw new IllegalStateException("no library ran: " + notes);
        }
        final Figure ours = JmhForks.ns(
                run,
                JmhForks.Pace.OURS,
                OneDecisionBenchmark.class,
                "decide",
                Map.of("features", "8", "outputs", "5", "pairs", "0"));
        BenchResult result =
                BenchResult.against("trees", "ns", ours, name + ", " + TeacherFile.describe(teacher), fastest, REACH);
        for (final String note : notes) {
            result = result.with(note);
        }
        return List.of(result);
    }
}
