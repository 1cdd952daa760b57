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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;

/** One decision in process, beside scoring the teacher for one query with the fastest of four libraries. */
final class TreesRow implements BenchRow {
    private static final Reach REACH = new Reach.TimesLess(100);
    /** A library whose first fork took so many times the fastest's isn't the fastest: forks differ by less. */
    private static final double CLOSE = 1.25;

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

    /**
     * One fork each tells who may be the fastest; the others of a run's forks go to those alone, since the slowest take
     * the most time to start and count for nothing.
     */
    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final Path teacher = run.folder().resolve("teacher");
        run.say().accept("teacher: " + TeacherFile.describe(teacher));
        final Map<TreePeer, Figure> figures = new EnumMap<>(TreePeer.class);
        final List<String> notes = new ArrayList<>();
        for (final TreePeer peer : TreePeer.values()) {
            try {
                figures.put(peer, score(run, peer, teacher, 1));
            } catch (final RunnerException e) {
                notes.add(library(peer) + ": failed: " + e.getMessage());
            }
        }
        if (figures.isEmpty()) {
            throw new IllegalStateException("no library ran: " + notes);
        }
        final double least = median(figures, fastest(figures));
        for (final TreePeer peer : List.copyOf(figures.keySet())) {
            if (median(figures, peer) <= CLOSE * least) {
                final Figure others = score(run, peer, teacher, run.effort().runs() - 1);
                figures.merge(peer, others, Figure::and);
            }
        }
        final TreePeer reference = fastest(figures);
        final Figure ours = JmhForks.ns(
                run,
                JmhForks.Pace.OURS,
                OneDecisionBenchmark.class,
                "decide",
                Map.of("features", "8", "outputs", "5", "pairs", "0"));
        BenchResult result = BenchResult.against(
                "trees",
                "ns",
                ours,
                library(reference) + ", " + TeacherFile.describe(teacher),
                Objects.requireNonNull(figures.get(reference)),
                REACH);
        for (final Map.Entry<TreePeer, Figure> each : figures.entrySet()) {
            final Figure ns = each.getValue();
            notes.add(library(each.getKey()) + ": " + Numbers.text(ns.median()) + " ns (" + ns.spread()
                    + "), equal to XGBoost4J to 1e-5 in each fork");
        }
        for (final String note : notes) {
            result = result.with(note);
        }
        return List.of(result);
    }

    private static Figure score(final BenchRun run, final TreePeer peer, final Path teacher, final int forks)
            throws RunnerException {
        return JmhForks.ns(
                run,
                JmhForks.Pace.LIBRARY,
                forks,
                TeacherScoreBenchmark.class,
                "score",
                Map.of("peer", peer.name(), "teacher", teacher.toString()));
    }

    private static TreePeer fastest(final Map<TreePeer, Figure> figures) {
        return figures.keySet().stream()
                .min(Comparator.comparingDouble(peer -> median(figures, peer)))
                .orElseThrow();
    }

    private static double median(final Map<TreePeer, Figure> figures, final TreePeer peer) {
        return Objects.requireNonNull(figures.get(peer)).median();
    }

    private static String library(final TreePeer peer) {
        return peer.name().toLowerCase(Locale.ROOT);
    }
}
