package io.t1.bench.micro;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import io.t1.gating.Snapshot;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to read the snapshot of now, so that it stays open meanwhile?
 *
 * <p>Held still: one reader, no owner at work; the fence waits for no store but the announcement.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SnapshotReadBenchmark {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final ReaderEpochs.Reader reader = epochs.newReader();
    private final Snapshot shown = () -> {};
    private final PinnedSnapshots<Snapshot> pinned = new PinnedSnapshots<>(epochs, shown);

    /** Checks that a read finds it. */
    @Setup
    public void check() {
        if (!shown.equals(read())) {
            throw new IllegalStateException("a read finds another snapshot");
        }
    }

    /** Enters, reads, leaves. */
    @Benchmark
    public @Nullable Object read() {
        reader.enter();
        final Object found = pinned.slot().get(reader);
        reader.leave();
        return found;
    }

    /** Enters, reads eight times, leaves: as for a batch of requests that came together. */
    @Benchmark
    public int readEightTimes() {
        reader.enter();
        int found = 0;
        for (int i = 0; i < 8; i++) {
            found += pinned.slot().get(reader) == null ? 0 : 1;
        }
        reader.leave();
        return found;
    }
}
