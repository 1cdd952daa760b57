package io.t1.ops.lab.search;

import java.util.Arrays;

/**
 * Documents with up to three scores each, ordered by their fusion: min-max within the list, then the weighted sum.
 *
 * <p>Threading: one thread an instance.
 */
final class Candidates {
    private final int[] documents;
    private final float[] lexical;
    private final float[] dense;
    private final float[] late;
    private int size;

    Candidates(final int capacity) {
        this.documents = new int[capacity];
        this.lexical = new float[capacity];
        this.dense = new float[capacity];
        this.late = new float[capacity];
    }

    void add(final int document, final float lexicalScore, final float denseScore) {
        documents[size] = document;
        lexical[size] = lexicalScore;
        dense[size++] = denseScore;
    }

    void setLate(final int index, final float score) {
        late[index] = score;
    }

    int size() {
        return size;
    }

    int document(final int index) {
        return documents[index];
    }

    /**
     * The best of these, best first: a list of its own, with the scores as they were.
     *
     * @param idOrder a document's place among all ids in ascending order; it decides between equals, the last first.
     */
    Candidates best(
            final int count,
            final double lexicalWeight,
            final double denseWeight,
            final double lateWeight,
            final int[] idOrder) {
        final float[] fused = new float[size];
        addMinMax(fused, lexical, lexicalWeight);
        addMinMax(fused, dense, denseWeight);
        addMinMax(fused, late, lateWeight);
        final long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // ascending keys: fused descending (a non-negative float orders as its bits do), then id descending
            final long high = (long) Integer.MAX_VALUE - Float.floatToRawIntBits(Math.max(fused[i], 0f));
            keys[i] = (high << 32) | (Integer.MAX_VALUE - idOrder[documents[i]]);
        }
        final long[] sorted = keys.clone();
        Arrays.sort(sorted);
        final Candidates best = new Candidates(Math.min(count, size));
        best.size = best.documents.length;
        for (int i = 0; i < size; i++) {
            final int place = Arrays.binarySearch(sorted, keys[i]); // keys are distinct, as ids are
            if (place < best.size) {
                best.documents[place] = documents[i];
                best.lexical[place] = lexical[i];
                best.dense[place] = dense[i];
                best.late[place] = late[i];
            }
        }
        return best;
    }

    private void addMinMax(final float[] sum, final float[] scores, final double weight) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, scores[i]);
            most = Math.max(most, scores[i]);
        }
        if (!(most > least)) {
            return; // a score that tells nothing apart adds nothing
        }
        final float scale = (float) (weight / (most - least));
        for (int i = 0; i < size; i++) {
            sum[i] += scale * (scores[i] - least);
        }
    }
}
