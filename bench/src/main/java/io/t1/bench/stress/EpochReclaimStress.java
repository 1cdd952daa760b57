package io.t1.bench.stress;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader enters at the moment in which the owner drops the snapshot, and stays inside while the owner reclaims twice.
 *
 * <p>The first figure is what the reader found, the second how many snapshots the owner still kept after its second try.
 * Entering is an announcement before the read of a slot, dropping is the emptied slot before the scan of announcements:
 * a store before a load on both sides, which every processor reorders. Without the fence on either side both may miss
 * the other, and the reader holds what was closed. Both meet first, so that the race takes place each time, and the
 * reader leaves only when the owner is done, so that a close it missed is seen each time.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The reader was seen inside: kept for it, twice.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader left before the second try, which closed it.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The slot was empty, and nobody inside: closed.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The slot was empty, but the reader entered before: kept.")
@Outcome(id = "2, .*", expect = Expect.FORBIDDEN, desc = "The reader held a snapshot that was closed.")
@State
public class EpochReclaimStress {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final ReaderEpochs.Reader reader = epochs.newReader();
    private final StressedMemory memory = new StressedMemory();
    private final PinnedSnapshots<StressedMemory> pinned = new PinnedSnapshots<>(epochs, memory);
    private final Meeting meeting = new Meeting();

    /** One batch, as long as the owner reclaims. */
    @Actor
    public void decide(final II_Result result) {
        meeting.readerMeets();
        reader.enter();
        final StressedMemory held = pinned.slot().get(reader);
        meeting.awaitOwner();
        result.r1 = held == null ? 1 : held.isClosed() ? 2 : 0;
        reader.leave();
    }

    /** The key goes; reclaims once itself. */
    @Actor
    public void drop(final II_Result result) {
        meeting.ownerMeets();
        pinned.drop();
        result.r2 = epochs.reclaim();
        meeting.ownerIsDone();
    }
}
