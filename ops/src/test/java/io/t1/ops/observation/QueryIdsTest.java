package io.t1.ops.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryIdsTest {
    @Test
    void givesEachIdOnePlaceInOrderOfItsFirstComing() {
        final QueryIds ids = new QueryIds();
        final Map<String, Integer> expected = new LinkedHashMap<>();
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 60_000; i++) {
            final int number = random.nextInt(20_000);
            final String id = number % 7 == 0 ? "größe-" + number : "x".repeat(number % 90) + number;
            final int place = expected.computeIfAbsent(id, key -> expected.size());
            assertEquals(place, ids.place(id), "step " + i + ", id " + id);
        }
        assertEquals(expected.size(), ids.size());
        expected.forEach((id, place) -> assertEquals(id, ids.at(place)));
    }

    @Test
    void holdsIdsThatAreEmptyOrLongerThanAPage() {
        final QueryIds ids = new QueryIds();
        final String longId = "q".repeat(3 << 20);
        assertEquals(0, ids.place(longId));
        assertEquals(1, ids.place(""));
        assertEquals(2, ids.place(longId + "r"));
        assertEquals(0, ids.place(longId));
        assertEquals(longId + "r", ids.at(2));
        assertEquals("", ids.at(1));
    }
}
