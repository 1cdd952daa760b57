package io.t1.codec;

/**
 * Names the traffic that a table decides for. A stage, where there is one, is part of the index name.
 *
 * <p>Each part is 1 to 64 of {@code A-Z a-z 0-9 . _ @ -}.
 *
 * @param index the search index.
 * @param region where it is served.
 * @param language the language of the queries.
 */
public record TableKey(String index, String region, String language) {
    /** Most characters of a part. */
    public static final int MAX_PART_LENGTH = 64;

    /** The key of those who need but one. */
    public static final TableKey DEFAULT = new TableKey("default", "global", "any");

    public TableKey {
        check("index", index);
        check("region", region);
        check("language", language);
    }

    /**
     * Reads {@code index/region/language}.
     *
     * @throws IllegalArgumentException if {@code text} isn't of that form.
     */
    public static TableKey parse(final String text) {
        final int first = text.indexOf('/');
        final int second = text.indexOf('/', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("table key \"" + text + "\" isn't index/region/language");
        }
        return new TableKey(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
    }

    /** Whether a part may hold this character: one of {@code A-Z a-z 0-9 . _ @ -}. */
    public static boolean isPartCharacter(final int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '.'
                || character == '_'
                || character == '@'
                || character == '-';
    }

    @Override
    public String toString() {
        return index + "/" + region + "/" + language;
    }

    private static void check(final String name, final String value) {
        boolean holds = !value.isEmpty() && value.length() <= MAX_PART_LENGTH;
        for (int i = 0; holds && i < value.length(); i++) {
            holds = isPartCharacter(value.charAt(i));
        }
        if (!holds) {
            throw new IllegalArgumentException(
                    "table key " + name + "=\"" + value + "\" isn't 1 to 64 of A-Z a-z 0-9 . _ @ -");
        }
    }
}
