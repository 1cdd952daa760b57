package io.t1.ops.lab.corpus;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as plain text.
 *
 * @param firstSentence without its full stop; empty when there is none.
 * @param rest what follows it, with the text of its block tags.
 */
record JavadocText(String firstSentence, String rest) {
    private static final Pattern MARGIN = Pattern.compile("(?m)^[ \\t]*\\*[ \\t]?");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@([A-Za-z.:]+)");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(\\w+)\\s*([^{}]*)}");
    private static final Pattern BREAK =
            Pattern.compile("(?i)</?(p|pre|ul|ol|li|br|table|tr|h[1-6]|dl|blockquote|div)\\b[^>]*>");
    private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z][^>]*>|<!--.*?-->", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("[ \\t\\x0B\\f\\r\\n]+");
    private static final Set<String> TAGS_WITH_TEXT = Set.of("param", "return", "throws", "exception", "apinote");
    private static final Set<String> ABBREVIATIONS = Set.of("e.g", "i.e", "etc", "vs", "cf", "approx");
    private static final char PARAGRAPH = '\u2029';

    /**
     * @param comment what stands between the comment's markers.
     */
    static JavadocText of(final String comment) {
        final String bare = MARGIN.matcher(comment).replaceAll("").replace("\r\n", "\n");
        final Matcher tag = BLOCK_TAG.matcher(bare);
        final int tagsFrom = tag.find() ? tag.start() : bare.length();
        final String description = plain(bare.substring(0, tagsFrom)).strip();
        final int end = sentenceEnd(description);
        final String sentence = oneLine(description.substring(0, end));
        final String rest = oneLine(description.substring(end)) + "\n" + blockTags(bare.substring(tagsFrom), sentence);
        return new JavadocText(withoutStop(sentence), rest.strip());
    }

    private static String plain(final String markup) {
        String text = markup;
        for (Matcher inline = INLINE_TAG.matcher(text); inline.find(); inline = INLINE_TAG.matcher(text)) {
            text = inline.replaceAll(match -> Matcher.quoteReplacement(inlineText(match.group(1), match.group(2))));
        }
        text = BREAK.matcher(text).replaceAll(String.valueOf(PARAGRAPH));
        text = MARKUP.matcher(text).replaceAll("");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&#64;", "@")
                .replace("&amp;", "&");
    }

    private static String inlineText(final String tag, final String content) {
        return switch (tag.toLowerCase(Locale.ROOT)) {
            case "link", "linkplain" -> linkText(content.strip());
            case "inheritdoc" -> "";
            default -> content.replace("<", "&lt;").replace(">", "&gt;"); // code: not markup
        };
    }

    /** A link's label, or its target as it would be read: {@code List#add(Object)} as {@code List.add(Object)}. */
    private static String linkText(final String link) {
        int depth = 0;
        for (int i = 0; i < link.length(); i++) {
            final char c = link.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && Character.isWhitespace(c)) {
                return link.substring(i).strip();
            }
        }
        final String target = link.startsWith("#") ? link.substring(1) : link;
        return target.replace('#', '.');
    }

    /** Past the first full stop that ends a sentence, or at the first paragraph's end. */
    private static int sentenceEnd(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == PARAGRAPH) {
                return i;
            }
            final boolean stop = c == '.' || c == '!' || c == '?';
            final boolean last = i + 1 == text.length()
                    || Character.isWhitespace(text.charAt(i + 1))
                    || text.charAt(i + 1) == PARAGRAPH;
            if (stop && last && !ABBREVIATIONS.contains(lastWord(text, i))) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static String lastWord(final String text, final int end) {
        int from = end;
        while (from > 0 && (Character.isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
            from--;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    /** The texts of the tags that describe; the first sentence isn't repeated by them. */
    private static String blockTags(final String tags, final String sentence) {
        final StringBuilder text = new StringBuilder();
        final Matcher tag = BLOCK_TAG.matcher(tags);
        boolean more = tag.find();
        while (more) {
            final String name = tag.group(1).toLowerCase(Locale.ROOT);
            final int start = tag.end();
            more = tag.find();
            if (TAGS_WITH_TEXT.contains(name)) {
                final int end = more ? tag.start() : tags.length();
                text.append(oneLine(plain(tags.substring(start, end)))).append('\n');
            }
        }
        final String bare = withoutStop(sentence);
        return bare.isEmpty() ? text.toString() : text.toString().replace(bare, " ");
    }

    private static String withoutStop(final String sentence) {
        return sentence.endsWith(".")
                ? sentence.substring(0, sentence.length() - 1).strip()
                : sentence;
    }

    private static String oneLine(final String text) {
        return SPACE.matcher(text.replace(PARAGRAPH, ' ')).replaceAll(" ").strip();
    }
}
