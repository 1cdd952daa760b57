package io.t1.ops.lab.search;

/**
 * How likely a query is natural language rather than keywords or identifiers: a logistic model of its shape, the same
 * for every corpus. Its weights were fitted once, on the training half of the default corpus' queries as they are and in
 * lower case; on the other half it is right on 97.8 % and calibrated (docs/adr/0043).
 *
 * <p>Threading: any. It reads the query's text and nothing else.
 */
final class NaturalLanguage {
    /** What the model sees, in the order of its weights. */
    static final int SIGNALS = 5;

    private static final double BIAS = -8.60;
    private static final double[] WEIGHTS = {8.79, 7.85, -5.56, 2.62, -4.50};

    private NaturalLanguage() {}

    static double confidence(final QueryTerms query) {
        final double[] signals = signals(query);
        double sum = BIAS;
        for (int i = 0; i < SIGNALS; i++) {
            sum += WEIGHTS[i] * signals[i];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /**
     * Share of stop words; logarithm of the length; share of words between white space with a capital after a small
     * letter; with an inner full stop, underscore, bracket or hash; and one where all is lower case.
     */
    static double[] signals(final QueryTerms query) {
        final String text = query.text();
        int camel = 0;
        int inner = 0;
        boolean lower = true;
        for (final String word : text.strip().split("\\s+", -1)) {
            boolean camelHere = false;
            boolean innerHere = false;
            for (int i = 0; i < word.length(); i++) {
                final char c = word.charAt(i);
                lower &= !Character.isUpperCase(c);
                camelHere |= i > 0 && Character.isUpperCase(c) && Character.isLowerCase(word.charAt(i - 1));
                innerHere |= i > 0 && i + 1 < word.length() && "._(#:/[".indexOf(c) >= 0;
            }
            camel += camelHere ? 1 : 0;
            inner += innerHere ? 1 : 0;
        }
        final double length = Math.max(1, query.length());
        return new double[] {query.stopShare(), Math.log(length), camel / length, inner / length, lower ? 1 : 0};
    }
}
