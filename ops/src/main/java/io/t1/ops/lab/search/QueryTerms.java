package io.t1.ops.lab.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;

/**
 * A query, taken apart.
 *
 * @param length words between white space.
 * @param words its lower-case words, those within identifiers apart, stop words among them.
 * @param terms how often it has each analysed term, in the order of their first occurrence.
 */
record QueryTerms(String text, int length, List<String> words, Map<String, Integer> terms) {
    static QueryTerms of(final String text, final TextAnalysis analysis) {
        final Map<String, Integer> terms = new LinkedHashMap<>();
        analysis.terms(text).forEach(term -> terms.merge(term, 1, Integer::sum));
        return new QueryTerms(text, length(text), analysis.words(text), terms);
    }

    private static int length(final String text) {
        int length = 0;
        boolean within = false;
        for (int i = 0; i < text.length(); i++) {
            final boolean space = Character.isWhitespace(text.charAt(i));
            length += !space && !within ? 1 : 0;
            within = !space;
        }
        return length;
    }

    /** The share of words that are English stop words; 0 without words. */
    float stopShare() {
        final CharArraySet stopWords = TextAnalysis.STOP_WORDS;
        int stops = 0;
        for (final String word : words) {
            stops += stopWords.contains(word) ? 1 : 0;
        }
        return words.isEmpty() ? 0f : (float) stops / words.size();
    }
}
