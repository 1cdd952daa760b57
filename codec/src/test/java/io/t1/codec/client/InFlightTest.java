package io.t1.codec.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
    @Test
    void givesRoomBackOnceTheOldestHasEnded() {
        final InFlight inFlight = new InFlight(2);
        inFlight.add(1, 1, 10, DegradedReason.NONE);
        inFlight.add(2, 3, 20, DegradedReason.NONE);
        assertTrue(inFlight.isFull());
        inFlight.complete(2);
        assertTrue(inFlight.isFull(), "the oldest still waits");
        assertFalse(inFlight.isWaiting(2), "answered twice");
        inFlight.complete(1);
        assertFalse(inFlight.isFull());
        assertEquals(0, inFlight.size());
        assertFalse(inFlight.isWaiting(1));
        assertFalse(inFlight.isWaiting(3), "an id of the future");
    }

    @Test
    void expiresTheOldestAtItsDeadlineAndNotBefore() {
        final InFlight inFlight = new InFlight(4);
        inFlight.add(1, 1, 10, DegradedReason.NONE);
        assertEquals(1, inFlight.untilExpiryNs(9));
        assertEquals(0, inFlight.firstOver(9));
        assertEquals(1, inFlight.firstOver(10));
        assertEquals(DegradedReason.DEADLINE, inFlight.reason(1));
        inFlight.complete(1);
        assertEquals(Long.MAX_VALUE, inFlight.untilExpiryNs(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void endsEachRequestOnceWhateverTheOrder(final long seed) {
        final Random random = new Random(seed);
        final InFlight inFlight = new InFlight(8);
        final TreeMap<Long, DegradedReason> waiting = new TreeMap<>(); // the oracle
        long next = 1;
        for (int step = 0; step < 5_000; step++) {
            final String at = "seed=" + seed + ", step=" + step;
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (!inFlight.isFull()) {
                        final DegradedReason reason =
                                random.nextInt(5) == 0 ? DegradedReason.NOT_CONNECTED : DegradedReason.NONE;
                        inFlight.add(next, 1, step + 20, reason);
                        waiting.put(next++, reason);
                    }
                }
                case 1 -> {
                    final long id = Math.max(1, next - 1 - random.nextInt(10));
                    assertEquals(waiting.get(id) == DegradedReason.NONE, inFlight.isWaiting(id), at);
                    if (inFlight.isWaiting(id)) {
                        inFlight.complete(id);
                        waiting.remove(id);
                    }
                }
                case 2 -> {
                    final long over = inFlight.firstOver(step);
                    if (over != 0) {
                        assertTrue(waiting.containsKey(over), at);
                        inFlight.complete(over);
                        waiting.remove(over);
                    } else {
                        assertFalse(waiting.containsValue(DegradedReason.NOT_CONNECTED), at);
                    }
                }
                default -> {
                    if (random.nextInt(50) == 0) {
                        inFlight.failAll(DegradedReason.NOT_CONNECTED);
                        waiting.replaceAll((id, reason) -> DegradedReason.NOT_CONNECTED);
                    }
                }
            }
            assertEquals(waiting.size(), inFlight.size(), at);
        }
        assertTrue(next > 500, "few requests: " + next);
    }
}
