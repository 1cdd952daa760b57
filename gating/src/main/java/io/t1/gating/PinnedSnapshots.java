package io.t1.gating;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one key that stay warm: active, previous and baseline, one snapshot possibly in more than one role.
 *
 * <p>The slot shows the active one. Going back to the previous or to the baseline is one store of a reference to a
 * snapshot that is open already: no I/O, no allocation. A snapshot that falls out of all three roles is retired, and
 * closed when no reader can hold it any more.
 *
 * <p>Threading: the owner's thread, the same as of the {@link ReaderEpochs}; readers use {@link #slot}; {@link
 * #holdBaseline} and {@link #releaseBaseline} by any thread.
 *
 * @param <S> the snapshot.
 */
public final class PinnedSnapshots<S extends Snapshot> {
    private final ReaderEpochs epochs;
    private final SnapshotSlot<S> slot = new SnapshotSlot<>();
    /** Guards which pin is shown, for a few stores at a time. Readers never take it. */
    private final Object showing = new Object();

    private @Nullable Pin<S> active;
    private @Nullable Pin<S> previous;
    private @Nullable Pin<S> baseline;
    private int holds;

    /**
     * @param epochs of all readers of the slot.
     * @param baseline what to go back to, active at first; owned by this from here on.
     */
    public PinnedSnapshots(final ReaderEpochs epochs, final S baseline) {
        this.epochs = epochs;
        final Pin<S> pin = new Pin<>(baseline, epochs.adopt());
        assign(pin, null, pin);
    }

    /** Where readers find the active snapshot; empty once dropped. */
    public SnapshotSlot<S> slot() {
        return slot;
    }

    /** What decides; null once dropped. */
    public @Nullable S active() {
        return snapshotOf(active);
    }

    /** What decided before; null when nothing did. */
    public @Nullable S previous() {
        return snapshotOf(previous);
    }

    /** What to fall back to; null once dropped. */
    public @Nullable S baseline() {
        return snapshotOf(baseline);
    }

    /**
     * Makes {@code next} active and the active one previous. {@code next} is new, and owned by this from here on, or one
     * of the pinned.
     */
    public void activate(final S next) {
        final Pin<S> present = live(active);
        if (!present.isOf(next)) {
            assign(pinOf(next), present, live(baseline));
        }
    }

    /**
     * Makes the previous snapshot active again, and the active one previous: a second call takes it back.
     *
     * @return false when there is no previous one; nothing has changed then.
     */
    public boolean rollbackToPrevious() {
        final Pin<S> back = previous;
        if (back == null) {
            return false;
        }
        assign(back, live(active), live(baseline));
        return true;
    }

    /** Makes the baseline active, and the active one previous; nothing changes when the baseline is active. */
    public void rollbackToBaseline() {
        activate(live(baseline).snapshot);
    }

    /**
     * Shows the baseline at once, ahead of whatever the owner has still to do: until {@link #releaseBaseline} readers
     * see nothing else, however roles change meanwhile. Each hold is released once.
     *
     * @return false once dropped; nothing is held then.
     */
    public boolean holdBaseline() {
        synchronized (showing) {
            if (baseline == null) {
                return false;
            }
            holds++;
            show();
            return true;
        }
    }

    /** Ends a hold: after the last one, readers see what is active. */
    public void releaseBaseline() {
        synchronized (showing) {
            if (holds == 0) {
                throw new IllegalStateException("no hold to release");
            }
            holds--;
            show();
        }
    }

    private void show() {
        slot.set(snapshotOf(holds > 0 ? baseline : active));
    }

    /** Makes {@code next} the baseline. What is active stays so, were it the old baseline. */
    public void replaceBaseline(final S next) {
        assign(live(active), previous, pinOf(next));
    }

    /**
     * Puts another snapshot of the same content in the place of each; roles stay.
     *
     * @param same gives a new snapshot, owned by this from here on, or the one that it was given.
     */
    public void replaceEach(final UnaryOperator<S> same) {
        final Pin<S> nextActive = replaced(live(active), same);
        final Pin<S> nextPrevious =
                previous == null ? null : previous == active ? nextActive : replaced(previous, same);
        final Pin<S> nextBaseline =
                baseline == active ? nextActive : baseline == previous ? nextPrevious : replaced(live(baseline), same);
        assign(nextActive, nextPrevious, nextBaseline);
    }

    @SuppressWarnings("ReferenceEquality") // this very snapshot with its memory, not one that equals it
    private Pin<S> replaced(final Pin<S> pin, final UnaryOperator<S> same) {
        final S next = same.apply(pin.snapshot);
        return next == pin.snapshot ? pin : new Pin<>(next, epochs.adopt());
    }

    /** Empties the slot and retires all: the key is gone. Twice is harmless. */
    public void drop() {
        assign(null, null, null);
    }

    private void assign(
            final @Nullable Pin<S> nextActive,
            final @Nullable Pin<S> nextPrevious,
            final @Nullable Pin<S> nextBaseline) {
        final Pin<S> oldActive = active;
        final Pin<S> oldPrevious = previous == oldActive ? null : previous;
        final Pin<S> oldBaseline = baseline == oldActive || baseline == oldPrevious ? null : baseline;
        synchronized (showing) { // so a hold never shows what is about to be retired
            active = nextActive;
            previous = nextPrevious;
            baseline = nextBaseline;
            show();
        }
        retireUnlessPinned(oldActive);
        retireUnlessPinned(oldPrevious);
        retireUnlessPinned(oldBaseline);
        epochs.reclaim();
    }

    private void retireUnlessPinned(final @Nullable Pin<S> old) {
        if (old != null && old != active && old != previous && old != baseline) {
            epochs.retire(old.snapshot, old.adoptedAt);
        }
    }

    private Pin<S> pinOf(final S snapshot) {
        if (active != null && active.isOf(snapshot)) {
            return active;
        }
        if (previous != null && previous.isOf(snapshot)) {
            return previous;
        }
        if (baseline != null && baseline.isOf(snapshot)) {
            return baseline;
        }
        return new Pin<>(snapshot, epochs.adopt());
    }

    private static <S extends Snapshot> Pin<S> live(final @Nullable Pin<S> pin) {
        if (pin == null) {
            throw new IllegalStateException("these snapshots were dropped");
        }
        return pin;
    }

    private static <S extends Snapshot> @Nullable S snapshotOf(final @Nullable Pin<S> pin) {
        return pin == null ? null : pin.snapshot;
    }

    /** A snapshot in one role or more. Two pins are never of one snapshot, so pins are compared by identity. */
    private static final class Pin<S extends Snapshot> {
        private final S snapshot;
        private final long adoptedAt;

        Pin(final S snapshot, final long adoptedAt) {
            this.snapshot = snapshot;
            this.adoptedAt = adoptedAt;
        }

        @SuppressWarnings("ReferenceEquality") // this very snapshot with its memory, not one that equals it
        boolean isOf(final S candidate) {
            return snapshot == candidate;
        }
    }
}
