package io.t1.codec.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpinWindowTest {
    private static final long SHORT = 80_000;
    private static final long LONG = 5_000_000;

    private final SpinWindow window = new SpinWindow(PollMode.ADAPTIVE);

    @Test
    void spinsForEverOrNeverWhenTold() {
        final SpinWindow spin = new SpinWindow(PollMode.SPIN);
        final SpinWindow block = new SpinWindow(PollMode.BLOCK);
        for (int i = 0; i < 100; i++) {
            spin.slept(LONG);
            block.slept(1);
        }
        assertEquals(Long.MAX_VALUE, spin.nanos());
        assertEquals(0, block.nanos());
    }

    @Test
    void doesNotSpinAtFirstNorWhileWaitsAreLong() {
        for (int i = 0; i < 100; i++) {
            assertEquals(0, window.nanos(), "wait " + i);
            window.slept(LONG);
        }
    }

    @Test
    void opensAfterAFewShortWaitsAndNeverBeyondItsMost() {
        for (int i = 0; i < 4; i++) {
            window.slept(SHORT);
        }
        assertEquals(SpinWindow.MOST_NS, window.nanos());
        for (int i = 0; i < 1_000; i++) {
            window.spun();
            window.spun();
            assertTrue(window.nanos() <= SpinWindow.MOST_NS, "window=" + window.nanos());
        }
    }

    @Test
    void closesWithinThreeLongWaits() {
        openFully();
        for (int i = 0; i < 3; i++) {
            window.slept(LONG);
        }
        assertEquals(0, window.nanos());
    }

    @Test
    void spinsInVainInFewerThanOneWaitOfFiftyWhenItNeverPays() {
        int spun = 0;
        final int waits = 100_000;
        for (int i = 0; i < waits; i++) {
            spun += window.nanos() > 0 ? 1 : 0;
            window.slept(SHORT);
        }
        assertTrue(spun < waits / 50, "spun=" + spun + " of " + waits);
    }

    @Test
    void restsShortlyAfterSpinningHasPaid() {
        for (int i = 0; i < 10_000; i++) {
            window.slept(SHORT);
        }
        while (window.nanos() == 0) {
            window.slept(SHORT);
        }
        window.spun();
        int rest = 0;
        while (window.nanos() > 0) {
            window.slept(SHORT);
        }
        while (window.nanos() == 0) {
            window.slept(SHORT);
            rest++;
        }
        assertTrue(rest < 32, "rest=" + rest + " waits");
    }

    @Test
    void staysShutWhereASleepIsCheapAndShutsWhenItTurnsOutToBe() {
        for (int i = 0; i < 100; i++) {
            window.slept(4_000);
            assertEquals(0, window.nanos(), "wait " + i);
        }
        openFully();
        window.slept(window.nanos() + 4_000);
        assertEquals(0, window.nanos());
    }

    /** Each waits through its own window, then for the other to work 4 us and to spin through its window. */
    @Test
    void twoEndsOnOneCoreSoonSpinNoMore() {
        final SpinWindow other = new SpinWindow(PollMode.ADAPTIVE);
        int spun = 0;
        final int rounds = 10_000;
        for (int round = 0; round < rounds; round++) {
            final long noise = round % 1_000 < 5 ? 60_000 : 0; // now and then something else has the core
            final long wait = window.nanos() + other.nanos() + 4_000 + noise;
            spun += window.nanos() > 0 || other.nanos() > 0 ? 1 : 0;
            window.slept(wait);
            other.slept(wait);
        }
        assertTrue(spun < rounds / 20, "spun=" + spun + " of " + rounds + " rounds");
    }

    private void openFully() {
        while (window.nanos() < SpinWindow.MOST_NS) {
            window.slept(SHORT);
        }
    }
}
