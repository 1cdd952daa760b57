package io.t1.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The races of the jcstress tests, a few seconds of each. {@code docs/benchmarks/micro.md} says what they find when a
 * fence of {@code ReaderEpochs} is missing.
 */
class ReclaimRacesTest {
    private static final int RACES = 2_000;
    private static final long NANOS = 4_000_000_000L;

    @Test
    void closesNothingThatAReaderTookAsItWasDropped() throws Exception {
        final Map<String, Integer> outcomes =
                outcomes(EpochReclaimStress::new, EpochReclaimStress::decide, EpochReclaimStress::drop);
        assertEquals(0, count(outcomes, "2, "), () -> "held and closed: " + outcomes);
        assertTrue(outcomes.containsKey("0, 1"), () -> "no reader was ever inside: " + outcomes);
    }

    @Test
    void closesNothingThatAReaderTookAsTheClockMoved() throws Exception {
        final Map<String, Integer> outcomes =
                outcomes(SlotReadAgainStress::new, SlotReadAgainStress::decide, SlotReadAgainStress::change);
        assertEquals(0, count(outcomes, "3, "), () -> "held and closed: " + outcomes);
        assertTrue(count(outcomes, "0, ") + count(outcomes, "1, ") > 0, () -> "no reader found any: " + outcomes);
    }

    /** How often each came, over races between two threads for as long as the time allows. */
    private static <S> Map<String, Integer> outcomes(
            final Supplier<S> state, final BiConsumer<S, II_Result> reader, final BiConsumer<S, II_Result> owner)
            throws Exception {
        final Map<String, Integer> outcomes = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            final long end = System.nanoTime() + NANOS;
            do {
                final List<S> states = new ArrayList<>();
                final List<II_Result> results = new ArrayList<>();
                for (int i = 0; i < RACES; i++) {
                    states.add(state.get());
                    results.add(new II_Result());
                }
                final Future<?> reading = threads.submit(() -> race(states, results, reader));
                final Future<?> owning = threads.submit(() -> race(states, results, owner));
                reading.get();
                owning.get();
                results.forEach(result -> outcomes.merge(result.r1 + ", " + result.r2, 1, Integer::sum));
            } while (System.nanoTime() - end < 0);
        }
        return outcomes;
    }

    private static <S> void race(
            final List<S> states, final List<II_Result> results, final BiConsumer<S, II_Result> actor) {
        for (int i = 0; i < states.size(); i++) {
            actor.accept(states.get(i), results.get(i));
        }
    }

    private static int count(final Map<String, Integer> outcomes, final String found) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().startsWith(found))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
