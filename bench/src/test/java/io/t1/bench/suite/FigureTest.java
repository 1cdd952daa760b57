package io.t1.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @Test
    void theMedianIsTheMiddleRunOrTheMeanOfTheMiddleTwo() {
        assertEquals(3, Figure.of(9, 1, 3).median());
        assertEquals(2.5, Figure.of(4, 1, 3, 2).median());
        assertEquals("1 .. 9, 3 runs", Figure.of(9, 1, 3).spread());
    }

    @Test
    void eachRunOfABatchIsDividedByItsQueries() {
        assertEquals(Figure.of(2, 3), Figure.of(128, 192).dividedBy(64));
    }

    @Test
    void aReachIsJudgedByTheRatioOfMedians() {
        final Figure ours = Figure.of(10, 11, 300);
        final Figure reference = Figure.of(10, 10, 10);
        assertTrue(met(ours, reference, new Reach.AtMostTimes(1.1)));
        assertFalse(met(ours, reference, new Reach.AtMostTimes(1.09)));
        assertTrue(met(Figure.of(30), reference, new Reach.AtLeastTimes(3)));
        assertFalse(met(Figure.of(29.9), reference, new Reach.AtLeastTimes(3)));
        assertTrue(met(Figure.of(0.1), reference, new Reach.TimesLess(100)));
        assertFalse(met(Figure.of(0.11), reference, new Reach.TimesLess(100)));
    }

    @Test
    void pairsAreJudgedEachByItself() {
        final Figure ours = Figure.of(33, 77, 36, 80, 34);
        final Figure reference = Figure.of(30, 70, 30, 40, 68); // the machine changed its pace within the last two
        final BenchResult result = BenchResult.paired("row", "us", ours, "it", reference, new Reach.AtMostTimes(1.15));
        assertEquals(
                1.1, Objects.requireNonNull(result.ratio()), 1e-9); // by medians 36 over 40, which no pair measured
        assertEquals(36, result.value());
        assertEquals(40, result.referenceValue());
        assertTrue(Boolean.TRUE.equals(result.met()));
        assertThrows(IllegalArgumentException.class, () -> ours.over(Figure.of(1)));
    }

    @Test
    void aQuantileIsTheRunOfThatRank() {
        assertEquals(1, Figure.of(4, 1, 3, 2).quantile(0.25));
        assertEquals(3, Figure.of(4, 1, 3, 2).quantile(0.75));
        assertEquals(1, Figure.of(4, 1, 3, 2).quantile(0));
        assertEquals(4, Figure.of(4, 1, 3, 2).quantile(1));
    }

    @Test
    void whatCouldNotBeMeasuredIsNeitherMetNorMissed() {
        final BenchResult skipped = BenchResult.skipped("row", "us", new Reach.AtMost(1, "us"), "no C compiler");
        assertNull(skipped.met());
        assertNull(skipped.value());
        assertEquals("skipped: no C compiler", skipped.reference());
    }

    @ParameterizedTest
    @CsvSource({
        "0.5716, 0.572",
        "4.686, 4.69",
        "80.683, 80.7",
        "915.06, 915",
        "1234.4, '1,234'",
        "2345678, 2.35 million"
    })
    void numbersKeepThreeDigitsThatCount(final double value, final String text) {
        assertEquals(text, Numbers.text(value));
    }

    private static boolean met(final Figure ours, final Figure reference, final Reach reach) {
        return Boolean.TRUE.equals(
                BenchResult.against("row", "us", ours, "it", reference, reach).met());
    }
}
