package io.t1.ops.lab.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
    @Test
    void fusesMinMaxedScoresByTheirWeights() {
        final Candidates candidates = new Candidates(3);
        candidates.add(0, 10f, 0.1f); // lexical 1, dense 0
        candidates.add(1, 5f, 0.9f); // 0.5, 1
        candidates.add(2, 0f, 0.5f); // 0, 0.5
        final int[] order = {0, 1, 2};
        assertEquals(List.of(1, 0, 2), documents(candidates.best(3, 0.5, 0.5, 0, order)));
        assertEquals(List.of(0, 1, 2), documents(candidates.best(3, 0.9, 0.1, 0, order)));
        assertEquals(List.of(1, 2), documents(candidates.best(2, 0, 1, 0, order)));
    }

    @Test
    void letsAScoreThatTellsNothingApartDecideNothing() {
        final Candidates candidates = new Candidates(2);
        candidates.add(0, 7f, 0.2f);
        candidates.add(1, 7f, 0.1f);
        assertEquals(List.of(0, 1), documents(candidates.best(2, 1, 0.001, 0, new int[] {0, 1})));
    }

    @Test
    void putsEqualsInDescendingOrderOfTheirIds() {
        final Candidates candidates = new Candidates(3);
        for (int document = 0; document < 3; document++) {
            candidates.add(document, 1f, 1f);
        }
        assertEquals(List.of(1, 2, 0), documents(candidates.best(3, 0.5, 0.5, 0, new int[] {0, 2, 1})));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ordersAsASortOfTheFusedScoresDoes(final long seed) {
        final Random random = new Random(seed);
        for (int step = 0; step < 50; step++) {
            final int size = 1 + random.nextInt(60);
            final int cut = 1 + random.nextInt(60);
            final Candidates candidates = new Candidates(size);
            final float[][] scores = new float[3][size];
            for (int i = 0; i < size; i++) {
                for (int kind = 0; kind < 3; kind++) {
                    scores[kind][i] = random.nextInt(6) - 2; // many equals, some negative
                }
                candidates.add(i, scores[0][i], scores[1][i]);
                candidates.setLate(i, scores[2][i]);
            }
            final double[] weights = {0.25, 0.25, 0.5};
            final int[] order = IntStream.range(0, size).toArray();
            final List<Integer> expected = new ArrayList<>();
            IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -fused(scores, weights, i))
                            .thenComparing(Comparator.reverseOrder()))
                    .limit(cut)
                    .forEach(expected::add);
            assertEquals(
                    expected,
                    documents(candidates.best(cut, weights[0], weights[1], weights[2], order)),
                    "seed=" + seed + ", step=" + step);
        }
    }

    private static float fused(final float[][] scores, final double[] weights, final int i) {
        float sum = 0;
        for (int kind = 0; kind < 3; kind++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (final float score : scores[kind]) {
                least = Math.min(least, score);
                most = Math.max(most, score);
            }
            if (most > least) {
                sum += (float) (weights[kind] / (most - least)) * (scores[kind][i] - least);
            }
        }
        return sum;
    }

    private static List<Integer> documents(final Candidates candidates) {
        return IntStream.range(0, candidates.size())
                .mapToObj(candidates::document)
                .toList();
    }
}
