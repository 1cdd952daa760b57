package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void doublesFromTheLeastToTheMostAndTakesUpToHalfOff(final long seed) {
        final Backoff backoff = new Backoff(1_000, 10_000, seed);
        final long[] steps = {1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000};
        for (final long step : steps) {
            final long delay = backoff.nextDelayNs();
            assertTrue(delay >= step / 2 && delay <= step, "seed=" + seed + ", delay=" + delay + ", step=" + step);
        }
        backoff.reset();
        assertTrue(backoff.nextDelayNs() <= 1_000);
    }

    @Test
    void spreadsClientsThatLostOneSidecarTogether() {
        final Set<Long> delays = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            delays.add(new Backoff(1_000_000, 1_000_000, seed).nextDelayNs());
        }
        assertTrue(delays.size() > 90, delays.size() + " different delays of 100");
    }

    @Test
    void takesTheShortestDelaysThereAre() {
        final Backoff backoff = new Backoff(1, Long.MAX_VALUE / 2, 1);
        assertEquals(1, backoff.nextDelayNs());
        long last = 0;
        for (int i = 0; i < 100; i++) {
            last = backoff.nextDelayNs();
            assertNotEquals(0, last);
        }
        assertTrue(last >= Long.MAX_VALUE / 4, "delay=" + last);
    }
}
