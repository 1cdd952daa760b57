package io.t1.ops.lab.search;

import java.util.List;

/**
 * What the first stage shows of a query, before anything is spent: the four features of T1's definitions, then twelve
 * from query performance prediction.
 *
 * <p>Over a query's distinct analysed terms, {@code idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))} as in Lucene's BM25,
 * also where {@code df} is 0; over the first-stage scores {@code s1 >= s2 >= ...}, at most 100. A score past the last hit
 * is 0; without any hit the features that only scores define are NaN.
 */
public final class LabFeatures {
    /** Names, in the order of {@link FirstStage#features()}. */
    public static final List<String> NAMES = List.of(
            "entropy", // Shannon entropy of the softmax of the ten best raw scores, in nats
            "query_length", // words between white space
            "nl_confidence", // probability that the query is natural language
            "miss_rate", // share of distinct terms that the index lacks
            "max_idf",
            "avg_idf",
            "top_score", // s1
            "score_gap", // (s1 - s2) / s1
            "score_ratio10", // s10 / s1
            "nqc", // standard deviation over mean of the scores
            "wig", // (mean of the five best - mean of all) / sqrt(distinct terms)
            "score_per_idf", // s1 / sum of idf
            "coverage", // share of distinct terms in the first document
            "log_hits", // ln(1 + documents with any term)
            "stop_share", // share of words that are English stop words
            "term_count"); // distinct terms

    /** How many there are. */
    public static final int COUNT = 16;

    private static final int ENTROPY_DEPTH = 10;
    private static final int WIG_DEPTH = 5;

    /**
     * What features are computed from.
     *
     * @param scores of the first stage, descending.
     * @param hits documents with any of the terms.
     * @param termsInFirst distinct terms that the first document has.
     */
    record Source(
            QueryTerms query, float[] scores, int[] documentFrequencies, int documents, int hits, int termsInFirst) {}

    private LabFeatures() {}

    static float[] of(final Source source) {
        final float[] scores = source.scores();
        final int terms = source.query().terms().size();
        double idfSum = 0;
        double idfMost = 0;
        int missing = 0;
        for (final int frequency : source.documentFrequencies()) {
            final double idf = idf(frequency, source.documents());
            idfSum += idf;
            idfMost = Math.max(idfMost, idf);
            missing += frequency == 0 ? 1 : 0;
        }
        final boolean none = scores.length == 0;
        final double first = none ? 0 : scores[0];
        final double mean = mean(scores, scores.length);
        return new float[] {
            none ? Float.NaN : (float) entropy(scores),
            source.query().length(),
            (float) NaturalLanguage.confidence(source.query()),
            terms == 0 ? 0f : (float) missing / terms,
            (float) idfMost,
            terms == 0 ? 0f : (float) (idfSum / terms),
            (float) first,
            none ? Float.NaN : (float) ((first - (scores.length > 1 ? scores[1] : 0)) / first),
            none ? Float.NaN : (float) ((scores.length >= ENTROPY_DEPTH ? scores[ENTROPY_DEPTH - 1] : 0) / first),
            none ? Float.NaN : (float) (standardDeviation(scores, mean) / mean),
            none ? Float.NaN : (float) ((mean(scores, WIG_DEPTH) - mean) / Math.sqrt(terms)),
            idfSum == 0 ? 0f : (float) (first / idfSum),
            terms == 0 ? 0f : (float) source.termsInFirst() / terms,
            (float) Math.log1p(source.hits()),
            source.query().stopShare(),
            terms
        };
    }

    static double idf(final int documentFrequency, final int documents) {
        return Math.log(1 + (documents - documentFrequency + 0.5) / (documentFrequency + 0.5));
    }

    private static double entropy(final float[] scores) {
        final int depth = Math.min(ENTROPY_DEPTH, scores.length);
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < depth; i++) {
            final double below = scores[i] - scores[0]; // the softmax doesn't change, and can't overflow
            sum += Math.exp(below);
            weighted += below * Math.exp(below);
        }
        return Math.max(0, Math.log(sum) - weighted / sum);
    }

    private static double mean(final float[] scores, final int depth) {
        final int count = Math.min(depth, scores.length);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += scores[i];
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double standardDeviation(final float[] scores, final double mean) {
        double squares = 0;
        for (final float score : scores) {
            squares += (score - mean) * (score - mean);
        }
        return Math.sqrt(squares / scores.length);
    }
}
