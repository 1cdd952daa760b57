package io.t1.codec;

/**
 * The key of the table for a slice of some traffic: one rule for who learns and publishes tables and for nodes that ask them.
 *
 * <ul>
 *   <li>A length bin is part of the index name: {@code docs/eu/en} has {@code docs.len-6-10/eu/en} for queries of 6 to 10
 *       tokens. Bins are 1 to 5, 6 to 10, 11 to 20, 21 to 50, and more.
 *   <li>A language is the key's language: {@code docs/eu/de}.
 *   <li>A value of any other column is part of the index name, behind the column's: {@code docs.client-phone/eu/en}.
 * </ul>
 *
 * <p>A value that a key can't hold, by its characters or its length, stands there as {@code @} and its {@link CategoryValue}
 * in hexadecimal digits. A slice without a table of its own is decided by the table of the traffic that it is of.
 *
 * <p>Threading: any. Allocation: the key; nodes make theirs once.
 */
public final class SliceKey {
    /** The column of length bins, and the word for it in a key. */
    public static final String LENGTH = "len";
    /** The column that is a part of every key. */
    public static final String LANGUAGE = "language";

    private static final int[] BINS = {5, 10, 20, 50};

    private SliceKey() {}

    /** How many length bins there are. */
    public static int lengthBins() {
        return BINS.length + 1;
    }

    /** The bin of a query of so many tokens, from 0. */
    public static int lengthBin(final int tokens) {
        int bin = 0;
        while (bin < BINS.length && tokens > BINS[bin]) {
            bin++;
        }
        return bin;
    }

    /** A bin's name, such as {@code 6-10}. */
    public static String lengthBinName(final int bin) {
        final int least = bin == 0 ? 1 : BINS[bin - 1] + 1;
        return least + "-" + (bin == BINS.length ? "up" : Integer.toString(BINS[bin]));
    }

    /** Of queries of so many tokens. */
    public static TableKey ofLength(final TableKey traffic, final int tokens) {
        return of(traffic, LENGTH, lengthBinName(lengthBin(tokens)));
    }

    /**
     * Of queries with a value in a column.
     *
     * @param column lower case, digits and underscores; {@link #LANGUAGE} stands for the key's own part.
     * @throws IllegalArgumentException if the key gets too long: choose a shorter index or column name.
     */
    public static TableKey of(final TableKey traffic, final String column, final String value) {
        if (column.equals(LANGUAGE)) {
            return new TableKey(traffic.index(), traffic.region(), part(value, TableKey.MAX_PART_LENGTH));
        }
        final String index = traffic.index() + "." + column + "-";
        return new TableKey(
                index + part(value, TableKey.MAX_PART_LENGTH - index.length()), traffic.region(), traffic.language());
    }

    private static String part(final String value, final int room) {
        final boolean holds =
                !value.isEmpty() && value.length() <= room && value.chars().allMatch(TableKey::isPartCharacter);
        return holds ? value : "@" + Integer.toHexString((int) CategoryValue.of(value));
    }
}
