package io.t1.bench.stress;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import io.t1.gating.Snapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader decides while the owner replaces the snapshot and closes what nobody can hold.
 *
 * <p>The first figure is what the reader found, the second what the owner still kept for it. That a reader may find a
 * closed snapshot is what {@link ReaderEpochs} rules out: announcing and reading a slot are a store before a load, which
 * every processor reorders but for the fence between them.
 */
@JCStressTest
@Outcome(
        id = "0, 0",
        expect = Expect.ACCEPTABLE,
        desc = "The reader came and went before: the old snapshot, now closed.")
@Outcome(
        id = "0, 1",
        expect = Expect.ACCEPTABLE,
        desc = "The reader was seen inside: the old snapshot was kept for it.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader came after the swap: the new snapshot.")
@Outcome(
        id = "1, 1",
        expect = Expect.ACCEPTABLE,
        desc = "The new one, but the old was kept: announced before the swap.")
@Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "The reader held a snapshot that was closed.")
@State
public class SnapshotSwapStress {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final ReaderEpochs.Reader reader = epochs.newReader();
    private final Memory first = new Memory(0);
    private final Memory second = new Memory(1);
    private final PinnedSnapshots<Memory> pinned = new PinnedSnapshots<>(epochs, first);

    /** One batch: two looks at the snapshot, the last as late as may be. */
    @Actor
    public void decide(final II_Result result) {
        reader.enter();
        final Memory memory = pinned.slot().get(reader);
        if (memory == null) {
            result.r1 = 1; // dropped: an empty slot holds nothing that could be closed
        } else {
            result.r1 = memory.number;
            for (int look = 0; look < 8; look++) {
                result.r1 = memory.closed ? 2 : result.r1;
            }
        }
        reader.leave();
    }

    /** The swap: the old snapshot is in no role afterwards. */
    @Actor
    public void replace(final II_Result result) {
        pinned.replaceBaseline(second);
        pinned.activate(second);
        pinned.drop();
        result.r2 = first.closed ? 0 : 1;
    }

    /** Memory that a reader mustn't touch once it is closed. */
    private static final class Memory implements Snapshot {
        private final int number;
        private volatile boolean closed;

        Memory(final int number) {
            this.number = number;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
