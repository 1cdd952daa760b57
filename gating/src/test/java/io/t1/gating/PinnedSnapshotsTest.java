package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PinnedSnapshotsTest {
    private final ReaderEpochs epochs = new ReaderEpochs();
    private final ReaderEpochs.Reader reader = epochs.newReader();
    private final List<String> closed = new ArrayList<>();
    private final Named baseline = new Named("baseline");
    private final PinnedSnapshots<Named> pinned = new PinnedSnapshots<>(epochs, baseline);

    @Test
    void decidesByTheBaselineUntilATableIsActivated() {
        assertRoles(baseline, null, baseline);
    }

    @Test
    void closesATableOnlyWhenItIsNeitherActiveNorPreviousNorBaseline() {
        final Named one = activated("one");
        final Named two = activated("two");
        assertRoles(two, one, baseline);
        assertEquals(List.of(), closed);
        final Named three = activated("three");
        assertRoles(three, two, baseline);
        assertEquals(List.of("one"), closed);
    }

    @Test
    void goesBackToThePreviousTableAndForthAgainWithoutClosingAny() {
        final Named one = activated("one");
        final Named two = activated("two");
        assertTrue(pinned.rollbackToPrevious());
        assertRoles(one, two, baseline);
        assertTrue(pinned.rollbackToPrevious());
        assertRoles(two, one, baseline);
        assertEquals(List.of(), closed);
    }

    @Test
    void hasNoPreviousTableBeforeTheFirstActivation() {
        assertFalse(pinned.rollbackToPrevious());
        assertRoles(baseline, null, baseline);
    }

    @Test
    void goesToTheBaselineAndKeepsWhatWasActive() {
        activated("one");
        final Named two = activated("two");
        pinned.rollbackToBaseline();
        assertRoles(baseline, two, baseline);
        assertEquals(List.of("one"), closed, "in no role any more");
        pinned.rollbackToBaseline();
        assertRoles(baseline, two, baseline);
        assertTrue(pinned.rollbackToPrevious());
        assertRoles(two, baseline, baseline);
    }

    @Test
    void activatingWhatIsPinnedMovesItAndClosesNothingTwice() {
        final Named one = activated("one");
        final Named two = activated("two");
        pinned.activate(one);
        assertRoles(one, two, baseline);
        pinned.activate(one);
        assertRoles(one, two, baseline);
        pinned.activate(baseline);
        assertRoles(baseline, one, baseline);
        assertEquals(List.of("two"), closed);
        pinned.drop();
        pinned.drop();
        assertEquals(List.of("two", "baseline", "one"), closed);
    }

    @Test
    void keepsAReplacedBaselineWhileItIsActive() {
        final Named next = new Named("next");
        pinned.replaceBaseline(next);
        assertRoles(baseline, null, next);
        activated("one");
        activated("two");
        assertEquals(List.of("baseline"), closed);
        pinned.replaceBaseline(new Named("last"));
        assertEquals(List.of("baseline", "next"), closed);
    }

    @Test
    void putsEqualOnesInThePlaceOfAllAndClosesEachOnce() {
        final Named one = activated("one");
        final Named two = activated("two");
        pinned.replaceEach(old -> new Named(old.name + "'"));
        assertEquals("two'", name(pinned.active()));
        assertEquals("one'", name(pinned.previous()));
        assertEquals("baseline'", name(pinned.baseline()));
        assertShown("two'");
        assertEquals(List.of(two.name, one.name, baseline.name), closed);
    }

    @Test
    void putsOneInThePlaceOfOneThatHasTwoRolesAndKeepsWhatIsToStay() {
        activated("one");
        pinned.rollbackToBaseline();
        pinned.replaceEach(old -> old.name.equals("baseline") ? old : new Named(old.name + "'"));
        assertRoles(baseline, pinned.previous(), baseline);
        assertEquals("one'", name(pinned.previous()));
        assertEquals(List.of("one"), closed);
        final List<String> replaced = new ArrayList<>();
        pinned.replaceEach(old -> {
            replaced.add(old.name);
            return new Named(old.name + "'");
        });
        assertEquals(List.of("baseline", "one'"), replaced, "each once");
        assertSame(pinned.active(), pinned.baseline());
        assertEquals(List.of("one", "baseline", "one'"), closed);
    }

    @Test
    void showsTheBaselineWhileHeldWhateverIsActivatedMeanwhile() {
        activated("one");
        assertTrue(pinned.holdBaseline());
        assertShown("baseline");
        final Named two = activated("two");
        assertSame(two, pinned.active());
        assertShown("baseline");
        pinned.rollbackToBaseline();
        pinned.releaseBaseline();
        assertRoles(baseline, two, baseline);
        activated("three");
        assertShown("three");
    }

    @Test
    void showsWhatIsActiveAgainOnlyAfterTheLastOfSeveralHolds() {
        activated("one");
        assertTrue(pinned.holdBaseline());
        assertTrue(pinned.holdBaseline());
        pinned.releaseBaseline();
        assertShown("baseline");
        pinned.releaseBaseline();
        assertShown("one");
        assertThrows(IllegalStateException.class, pinned::releaseBaseline);
    }

    @Test
    void showsTheNewBaselineAndClosesTheOldWhenItIsReplacedWhileHeld() {
        activated("one");
        activated("two");
        assertTrue(pinned.holdBaseline());
        pinned.replaceBaseline(new Named("next"));
        assertShown("next");
        assertEquals(List.of("baseline"), closed);
    }

    @Test
    void refusesChangesOnceDropped() {
        pinned.drop();
        assertFalse(pinned.holdBaseline());
        assertNull(pinned.slot().peek());
        assertNull(pinned.active());
        assertFalse(pinned.rollbackToPrevious());
        assertThrows(IllegalStateException.class, () -> pinned.activate(baseline));
        assertThrows(IllegalStateException.class, pinned::rollbackToBaseline);
    }

    private static String name(final @Nullable Named named) {
        return named == null ? "none" : named.name;
    }

    private void assertShown(final String expected) {
        reader.enter();
        assertEquals(expected, name(pinned.slot().get(reader)), "what readers see");
        reader.leave();
    }

    private Named activated(final String name) {
        final Named next = new Named(name);
        pinned.activate(next);
        return next;
    }

    private void assertRoles(final Named active, final @Nullable Named previous, final Named expectedBaseline) {
        assertSame(active, pinned.active(), "active");
        assertSame(previous, pinned.previous(), "previous");
        assertSame(expectedBaseline, pinned.baseline(), "baseline");
        reader.enter();
        assertSame(active, pinned.slot().get(reader), "what readers see");
        reader.leave();
    }

    private final class Named implements Snapshot {
        final String name;

        Named(final String name) {
            this.name = name;
        }

        @Override
        public void close() {
            closed.add(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
