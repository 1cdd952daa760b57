package io.t1.bench.peers.trees;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What would it cost to score the teacher itself for one query, instead of the table distilled from it?
 *
 * <p>Held still: one thread, one teacher, buffers kept. Varied: the library, and the features over 1,024 queries.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TeacherScoreBenchmark {
    private static final int QUERIES = 1024;

    /** The library. */
    @Param
    public TreePeer peer;

    /** A file to share the teacher between forks; without one each fork trains it. */
    @Param("")
    public String teacher;

    private TreeScorer scorer;
    private float[][] rows;
    private float[] out;
    private int next;

    /** Loads the teacher and makes sure that this library scores it right. */
    @Setup
    public void open() throws Exception {
        final List<byte[]> models;
        if (teacher.isEmpty()) {
            final Path file = Files.createTempDirectory("t1-teacher").resolve("teacher");
            models = TeacherFile.models(file);
        } else {
            models = TeacherFile.models(Path.of(teacher));
        }
        final var _ = TreeAgreement.require(peer, models);
        scorer = peer.open(models);
        rows = TeacherQueries.rows(QUERIES, 7);
        out = new float[models.size()];
    }

    /** Closes it. */
    @TearDown
    public void close() {
        scorer.close();
    }

    /** One query. */
    @Benchmark
    public float[] score() throws Exception {
        scorer.score(rows[next++ & QUERIES - 1], out);
        return out;
    }
}
