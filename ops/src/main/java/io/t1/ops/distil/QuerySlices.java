package io.t1.ops.distil;

import io.t1.codec.CategoryValue;
import io.t1.codec.SliceKey;
import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which slice each query is of.
 *
 * @param by what parts them: {@code length}, {@code slice}, or a column of categories.
 * @param column its word in a key.
 * @param names of the slices.
 * @param of the slice of each query, -1 for none.
 */
public record QuerySlices(String by, String column, List<String> names, int[] of) {
    /** By the bins of {@link SliceKey#lengthBin}. */
    public static final String LENGTH = "length";
    /** By the rows' own column of this name. */
    public static final String SLICE = "slice";

    private static final String TOKENS = "query_length";

    /** What is known of queries before anything is done for them. */
    private record Contexts(
            List<String> featureNames,
            Map<String, List<String>> categories,
            List<float[]> features,
            List<String> slices) {}

    /**
     * Parts queries.
     *
     * @param by {@link #LENGTH}, {@link #SLICE}, or a feature with categories.
     * @throws BadInputException if the queries don't have what parts them.
     */
    public static QuerySlices of(final String by, final MeasuredQueries queries) {
        return of(
                by,
                new Contexts(
                        queries.featureNames(),
                        queries.categories(),
                        queries.queries().stream().map(MeasuredQuery::features).toList(),
                        queries.queries().stream().map(MeasuredQuery::slice).toList()));
    }

    /** Parts the queries of a log, as the others. */
    public static QuerySlices of(final String by, final LoggedQueries log) {
        return of(
                by,
                new Contexts(
                        log.featureNames(),
                        log.categories(),
                        log.queries().stream().map(LoggedQuery::features).toList(),
                        log.queries().stream().map(LoggedQuery::slice).toList()));
    }

    private static QuerySlices of(final String by, final Contexts queries) {
        return switch (by) {
            case LENGTH -> byLength(queries);
            case SLICE -> bySlice(queries);
            default -> byCategory(by, queries);
        };
    }

    /**
     * What parts the queries of a split, told by the key of a slice's table: the other way round from {@link #key}.
     *
     * @param traffic the key of the table for all.
     * @return empty when the key is no slice's of that traffic.
     */
    public static Optional<String> by(final TableKey traffic, final TableKey slice) {
        if (!slice.region().equals(traffic.region())) {
            return Optional.empty();
        }
        if (slice.index().equals(traffic.index())) {
            return slice.language().equals(traffic.language()) ? Optional.empty() : Optional.of(SliceKey.LANGUAGE);
        }
        final String beginning = traffic.index() + ".";
        final int end = slice.index().indexOf('-', beginning.length());
        if (!slice.index().startsWith(beginning) || end < 0 || !slice.language().equals(traffic.language())) {
            return Optional.empty();
        }
        final String column = slice.index().substring(beginning.length(), end);
        return Optional.of(column.equals(SliceKey.LENGTH) ? LENGTH : column);
    }

    /** The queries that a table decides for, by its key; none where these queries have no such slice. */
    public int[] queriesOf(final TableKey traffic, final TableKey table) {
        for (int slice = 0; slice < names.size(); slice++) {
            if (key(traffic, slice).equals(table)) {
                return queries(slice);
            }
        }
        return new int[0];
    }

    /** The key of a slice's table. */
    TableKey key(final TableKey traffic, final int slice) {
        return SliceKey.of(traffic, column, names.get(slice));
    }

    /** The queries of a slice, in order. */
    int[] queries(final int slice) {
        int count = 0;
        final int[] queries = new int[of.length];
        for (int q = 0; q < of.length; q++) {
            if (of[q] == slice) {
                queries[count++] = q;
            }
        }
        return Arrays.copyOf(queries, count);
    }

    private static QuerySlices byLength(final Contexts queries) {
        final int feature = queries.featureNames().indexOf(TOKENS);
        if (feature < 0) {
            throw new BadInputException("--split " + LENGTH + ": no feature " + TOKENS + " among "
                    + String.join(", ", queries.featureNames()) + ": name it with --features");
        }
        final List<String> names = new ArrayList<>();
        for (int bin = 0; bin < SliceKey.lengthBins(); bin++) {
            names.add(SliceKey.lengthBinName(bin));
        }
        final int[] of = new int[queries.features().size()];
        for (int q = 0; q < of.length; q++) {
            final float tokens = queries.features().get(q)[feature];
            of[q] = Float.isNaN(tokens) ? -1 : SliceKey.lengthBin((int) Math.ceil(tokens));
        }
        return new QuerySlices(LENGTH, SliceKey.LENGTH, List.copyOf(names), of);
    }

    private static QuerySlices bySlice(final Contexts queries) {
        final List<String> names = List.copyOf(new TreeSet<>(queries.slices()));
        final int[] of = new int[queries.features().size()];
        for (int q = 0; q < of.length; q++) {
            of[q] = names.indexOf(queries.slices().get(q));
        }
        return new QuerySlices(SLICE, SLICE, names, of);
    }

    private static QuerySlices byCategory(final String by, final Contexts queries) {
        final List<String> names = queries.categories().getOrDefault(by, List.of());
        if (names.isEmpty()) {
            throw new BadInputException("--split " + by + ": is neither " + LENGTH + ", " + SLICE
                    + " nor a feature with categories: name it with --features " + by + ":categorical");
        }
        final int feature = queries.featureNames().indexOf(by);
        final int[] of = new int[queries.features().size()];
        for (int q = 0; q < of.length; q++) {
            of[q] = -1;
            for (int slice = 0; slice < names.size(); slice++) {
                if (queries.features().get(q)[feature] == CategoryValue.of(names.get(slice))) {
                    of[q] = slice;
                }
            }
        }
        return new QuerySlices(by, by, names, of);
    }
}
