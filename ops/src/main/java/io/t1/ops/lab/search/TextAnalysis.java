package io.t1.ops.lab.search;

import io.t1.ops.lab.corpus.TextKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * How a kind of text becomes terms. Code: split at white space, then at case changes, digits and whatever is neither
 * letter nor digit. Prose: Lucene's English analyser. Both: lower case, without English stop words, Porter's stems.
 *
 * <p>Threading: any.
 */
final class TextAnalysis {
    static final CharArraySet STOP_WORDS = EnglishAnalyzer.ENGLISH_STOP_WORDS_SET;

    private static final int WORDS_OF_IDENTIFIERS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
            | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;
    private static final String FIELD = "content";
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^\\p{L}\\p{Nd}]+");

    private final TextKind kind;
    private final Analyzer words;
    private final Analyzer terms;

    TextAnalysis(final TextKind kind) {
        this.kind = kind;
        this.words = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(final String fieldName) {
                final Tokenizer source = tokenizer(kind);
                return new TokenStreamComponents(source, words(kind, source));
            }
        };
        this.terms = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(final String fieldName) {
                final Tokenizer source = tokenizer(kind);
                return new TokenStreamComponents(
                        source, new PorterStemFilter(new StopFilter(words(kind, source), STOP_WORDS)));
            }
        };
    }

    private static Tokenizer tokenizer(final TextKind kind) {
        return switch (kind) {
            case CODE -> new WhitespaceTokenizer();
            case PROSE -> new StandardTokenizer();
        };
    }

    private static TokenStream words(final TextKind kind, final TokenStream source) {
        return new LowerCaseFilter(
                switch (kind) {
                    case CODE -> new WordDelimiterGraphFilter(source, WORDS_OF_IDENTIFIERS, null);
                    case PROSE -> new EnglishPossessiveFilter(source);
                });
    }

    /** What an index of this kind of text is written with. */
    Analyzer indexing() {
        return terms;
    }

    /** The lower-case words of a text, stop words among them. */
    List<String> words(final String text) {
        return tokens(words, text);
    }

    /** The terms of a text, as the index has them, in order and with repetition. */
    List<String> terms(final String text) {
        return tokens(terms, text);
    }

    /**
     * A text as the encoder is shown it. Code goes without punctuation and with its identifiers' words apart: the model
     * learnt from prose, and a third of its word pieces would go to brackets and to the insides of names.
     */
    String encoderInput(final String text) {
        return switch (kind) {
            case CODE -> BETWEEN_WORDS.matcher(text).replaceAll(" ");
            case PROSE -> text;
        };
    }

    private static List<String> tokens(final Analyzer analyzer, final String text) {
        final List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(FIELD, text)) {
            final CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }
}
