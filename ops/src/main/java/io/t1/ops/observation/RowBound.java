package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends reading a file that unpacks without end: a few bytes may stand for ten billion rows that are all the same.
 *
 * <p>Rows of observations differ in their query or arm and their latency, so however well they are packed each takes more
 * than a byte of its file. From that bound also follows when bad rows are too many, whatever is still to come. Threading:
 * one thread.
 */
final class RowBound {
    /** Rows that any file may hold: so few cost nothing. */
    private static final long FREE_ROWS = 1_000_000;

    private final long mostOfAll;
    private long seen;

    private RowBound(final long mostOfAll) {
        this.mostOfAll = mostOfAll;
    }

    static RowBound of(final List<Path> files) {
        return new RowBound(files.stream().mapToLong(RowBound::most).sum());
    }

    /** Hands a file's rows on for as long as they can be observations. */
    <T> Consumer<T> over(final Path file, final Consumer<T> taking, final BadRows badRows) {
        final long most = most(file);
        final long before = seen;
        return row -> {
            seen++;
            if (seen - before > most) {
                throw new BadInputException(file + ": rows > " + most + ", its bytes and " + FREE_ROWS
                        + ": no rows of different queries pack so small; give a file without repeated rows");
            }
            taking.accept(row);
            badRows.stopWhenCertain(seen, mostOfAll);
        };
    }

    private static long most(final Path file) {
        try {
            return Files.size(file) + FREE_ROWS;
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
