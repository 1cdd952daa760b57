package io.t1.ops.observation;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names that a file gives its columns, for a message: whatever they hold, on one line and of a bounded length. */
final class ColumnNames {
    private static final int MOST_NAMES = 24;
    private static final int MOST_LENGTH = 64;

    private ColumnNames() {}

    static String listed(final Collection<String> names) {
        final String listed =
                names.stream().limit(MOST_NAMES).map(ColumnNames::printable).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? listed + " and " + (names.size() - MOST_NAMES) + " more" : listed;
    }

    private static String printable(final String name) {
        final String visible = name.replaceAll("[^\\p{Graph} ]", "?");
        return visible.length() > MOST_LENGTH ? visible.substring(0, MOST_LENGTH) + "..." : visible;
    }
}
