package io.t1.ops.observation;

import java.util.Arrays;
import java.util.Optional;

/** The features that observations may carry without being told of by name: all from the first stage. */
public enum ContextFeature {
    /** Shannon entropy of the softmax of the first-stage scores of the top 10. */
    ENTROPY("entropy", "nats"),
    /** Tokens in the query. */
    QUERY_LENGTH("query_length", "tokens"),
    /** Probability that the query is natural language. */
    NL_CONFIDENCE("nl_confidence", "probability"),
    /** Share of query terms that the index lacks. */
    MISS_RATE("miss_rate", "share"),
    /** Highest inverse document frequency of the analysed terms. */
    MAX_IDF("max_idf", "nats"),
    /** Mean inverse document frequency of the analysed terms. */
    AVG_IDF("avg_idf", "nats"),
    /** Score of the first document, s1. */
    TOP_SCORE("top_score", "score"),
    /** (s1 - s2) / s1. */
    SCORE_GAP("score_gap", "share"),
    /** s10 / s1. */
    SCORE_RATIO10("score_ratio10", "share"),
    /** Standard deviation over mean of the top 100 scores. */
    NQC("nqc", "ratio"),
    /** Mean of the top 5 scores less the mean of the top 100, over the square root of the number of terms. */
    WIG("wig", "score"),
    /** s1 over the sum of the terms' inverse document frequencies. */
    SCORE_PER_IDF("score_per_idf", "ratio"),
    /** Share of distinct terms in the first document. */
    COVERAGE("coverage", "share"),
    /** Natural logarithm of one plus the number of hits. */
    LOG_HITS("log_hits", "nats"),
    /** Share of stop words. */
    STOP_SHARE("stop_share", "share"),
    /** Analysed terms. */
    TERM_COUNT("term_count", "terms");

    private final String columnName;
    private final String unit;

    ContextFeature(final String columnName, final String unit) {
        this.columnName = columnName;
        this.unit = unit;
    }

    /** Its column in observations and its name in a table. */
    public String columnName() {
        return columnName;
    }

    /** Its unit, for people. */
    public String unit() {
        return unit;
    }

    /** The feature of a column name, if it is one of these. */
    public static Optional<ContextFeature> ofColumn(final String columnName) {
        return Arrays.stream(values())
                .filter(feature -> feature.columnName.equals(columnName))
                .findFirst();
    }
}
