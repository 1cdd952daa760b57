package io.t1.bench.stress;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader is inside already when a snapshot is activated and, at once, dropped: the clock moves between its read of the
 * slot and its second look at the clock, so that it announces a longer span and reads the slot again.
 *
 * <p>The first figure is what the reader found, the second how many snapshots the owner still kept after its second try.
 * The longer span is an announcement before a read of the slot, as entering is. Without the fence between them the owner
 * may scan the shorter span, in which the new snapshot can't have been read, and close what the reader holds.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The old snapshot, kept; the new one nobody could hold.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "The old snapshot; the new one kept as well.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The new snapshot, read again under the longer span: kept.")
@Outcome(id = "2, [12]", expect = Expect.ACCEPTABLE, desc = "The slot was empty: the reader came last.")
@Outcome(id = "[012], 0", expect = Expect.ACCEPTABLE, desc = "The reader left before the second try.")
@Outcome(id = "3, .*", expect = Expect.FORBIDDEN, desc = "The reader held a snapshot that was closed.")
@State
public class SlotReadAgainStress {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final ReaderEpochs.Reader reader = epochs.newReader();
    private final StressedMemory first = new StressedMemory();
    private final StressedMemory second = new StressedMemory();
    private final PinnedSnapshots<StressedMemory> pinned = new PinnedSnapshots<>(epochs, first);
    private final Meeting meeting = new Meeting();

    /** One batch that began before the change, and lasts as long as the owner reclaims. */
    @Actor
    public void decide(final II_Result result) {
        reader.enter();
        meeting.readerMeets();
        final StressedMemory held = pinned.slot().get(reader);
        meeting.awaitOwner();
        result.r1 = found(held);
        reader.leave();
    }

    /** A snapshot comes and goes. */
    @Actor
    public void change(final II_Result result) {
        meeting.ownerMeets();
        pinned.activate(second);
        pinned.drop();
        result.r2 = epochs.reclaim();
        meeting.ownerIsDone();
    }

    private int found(final @Nullable StressedMemory held) {
        if (held == null) {
            return 2;
        }
        return held.isClosed() ? 3 : held == first ? 0 : 1;
    }
}
