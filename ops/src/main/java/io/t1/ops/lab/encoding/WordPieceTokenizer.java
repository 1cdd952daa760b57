package io.t1.ops.lab.encoding;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Text to BERT's word pieces: cleaned, lower-cased and stripped of accents, split at white space, punctuation and CJK
 * characters, each word then cut greedily into the longest pieces of the vocabulary (Devlin et al. 2019, as Hugging
 * Face's {@code BertNormalizer}, {@code BertPreTokenizer} and {@code WordPiece} do it).
 *
 * <p>Threading: any; immutable.
 */
public final class WordPieceTokenizer {
    private static final String CONTINUATION = "##";
    private static final int MAX_WORD_LENGTH = 100;

    private final Map<String, Integer> vocabulary;
    private final boolean[] wordLike;
    private final int unknown;
    private final int classification;
    private final int separator;

    /**
     * @param pieces the vocabulary, each piece at its id.
     * @throws IllegalArgumentException if a special token is missing.
     */
    public WordPieceTokenizer(final List<String> pieces) {
        this.vocabulary = HashMap.newHashMap(pieces.size());
        this.wordLike = new boolean[pieces.size()];
        for (int id = 0; id < pieces.size(); id++) {
            final String piece = pieces.get(id);
            vocabulary.put(piece, id);
            wordLike[id] = piece.codePoints().anyMatch(Character::isLetterOrDigit);
        }
        this.unknown = special("[UNK]");
        this.classification = special("[CLS]");
        this.separator = special("[SEP]");
        wordLike[classification] = false;
        wordLike[separator] = false;
    }

    private int special(final String token) {
        final Integer id = vocabulary.get(token);
        if (id == null) {
            throw new IllegalArgumentException("vocabulary of " + vocabulary.size() + " pieces lacks " + token);
        }
        return id;
    }

    /**
     * The ids of a text, {@code [CLS]} first and {@code [SEP]} last, cut to {@code maxTokens} with both kept.
     *
     * @param maxTokens at least 2.
     */
    public int[] tokenize(final String text, final int maxTokens) {
        final int[] ids = new int[maxTokens];
        ids[0] = classification;
        final int limit = maxTokens - 1;
        int count = 1;
        final StringBuilder word = new StringBuilder();
        final String clean = normalise(text, maxTokens);
        for (int at = 0; at < clean.length() && count < limit; ) {
            final int c = clean.codePointAt(at);
            at += Character.charCount(c);
            final boolean space = isWhitespace(c);
            final boolean alone = !space && (isPunctuation(c) || isCjk(c));
            if (!space && !alone) {
                word.appendCodePoint(c);
                continue;
            }
            count = appendPieces(word, ids, count, limit);
            if (alone) {
                count = appendPieces(word.appendCodePoint(c), ids, count, limit);
            }
        }
        count = appendPieces(word, ids, count, limit);
        ids[count++] = separator;
        return Arrays.copyOf(ids, count);
    }

    /** Whether a piece holds a letter or a digit: neither a special token nor punctuation alone. */
    public boolean isWordLike(final int id) {
        return wordLike[id];
    }

    /** Cuts a word into pieces and empties it; a word with a part outside the vocabulary is one unknown. */
    private int appendPieces(final StringBuilder word, final int[] ids, final int from, final int limit) {
        if (word.isEmpty() || from >= limit) {
            word.setLength(0);
            return from;
        }
        final String text = word.toString();
        word.setLength(0);
        if (text.codePointCount(0, text.length()) > MAX_WORD_LENGTH) {
            ids[from] = unknown;
            return from + 1;
        }
        int count = from;
        for (int start = 0; start < text.length(); ) {
            int end = text.length();
            Integer id = null;
            while (end > start) {
                final String piece = text.substring(start, end);
                id = vocabulary.get(start == 0 ? piece : CONTINUATION + piece);
                if (id != null) {
                    break;
                }
                end = text.offsetByCodePoints(end, -1);
            }
            if (id == null) {
                ids[from] = unknown;
                return from + 1;
            }
            if (count < limit) {
                ids[count++] = id;
            }
            start = end;
        }
        return count;
    }

    /** Clean, accents off, lower case. Looks at no more of the text than the tokens asked for could take. */
    private static String normalise(final String text, final int maxTokens) {
        final String head = head(text, maxTokens);
        final StringBuilder clean = new StringBuilder(head.length());
        head.codePoints().forEach(c -> {
            if (c == 0 || c == 0xFFFD || (isControl(c) && !isWhitespace(c))) {
                return;
            }
            clean.appendCodePoint(isWhitespace(c) ? ' ' : c);
        });
        if (isAscii(clean)) {
            return asciiLowerCase(clean);
        }
        final StringBuilder bare = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD).codePoints().forEach(c -> {
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                bare.appendCodePoint(c);
            }
        });
        // character by character: no final-sigma rule, as the reference does it
        final StringBuilder lower = new StringBuilder(bare.length());
        bare.codePoints().forEach(c -> lower.append(Character.toString(c).toLowerCase(java.util.Locale.ROOT)));
        return lower.toString();
    }

    /** Every token takes at most a word of 100 characters, but an unknown one may be longer: cut at white space. */
    private static String head(final String text, final int maxTokens) {
        final int reach = maxTokens * (MAX_WORD_LENGTH + 1);
        if (text.length() <= reach) {
            return text;
        }
        int end = reach;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean isAscii(final CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String asciiLowerCase(final StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                text.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return text.toString();
    }

    private static boolean isWhitespace(final int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || (c > 0x7F && Character.isSpaceChar(c));
    }

    private static boolean isControl(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(final int c) {
        if (c <= 0x7F) {
            return c > ' ' && c != 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The CJK ideograph blocks, each character of which is a word. */
    private static boolean isCjk(final int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B820 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
