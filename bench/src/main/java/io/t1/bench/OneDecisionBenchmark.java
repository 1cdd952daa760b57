package io.t1.bench;

import io.t1.gating.Decider;
import io.t1.gating.DeciderThread;
import io.t1.gating.Decision;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
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
 * What does one decision in process cost: float32 features in, arm out?
 *
 * <p>Held still: one thread, one table, exploration off. Varied: the features, over 1,024 queries, so that no branch is
 * learnt by heart. With {@code -prof gc} it shows the bytes allocated a decision.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OneDecisionBenchmark {
    private static final int QUERIES = 1024;

    /** Features of the table. */
    @Param({"4", "8", "16"})
    public int features;

    /** Outputs of the table. */
    @Param({"4", "5"})
    public int outputs;

    /** Pairs of the table. */
    @Param({"0", "4"})
    public int pairs;

    private Decider decider;
    private DeciderThread thread;
    private float[][] queries;
    private int next;

    /** Opens a decider on a random table of the shape asked for. */
    @Setup
    public void open() throws RefusedArtifactException {
        final RouterArtifact artifact = RandomTables.artifact(features * 31L + outputs, features, outputs, pairs);
        if (artifact.features().size() != features || artifact.outputs().size() != outputs) {
            throw new IllegalStateException("the table isn't of the shape asked for");
        }
        queries = RandomTables.features(7, artifact, QUERIES);
        decider = Decider.open(artifact);
        thread = decider.newReader();
    }

    /** Closes it. */
    @TearDown
    public void close() {
        thread.close();
        decider.close();
    }

    /** One decision. */
    @Benchmark
    public Decision decide() {
        return thread.decide(queries[next++ & QUERIES - 1]);
    }
}
