package io.t1.ops.distil;

import io.t1.codec.CategoryValue;
import io.t1.codec.SliceKey;
import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /**
     * Parts queries.
     *
     * @param by {@link #LENGTH}, {@link #SLICE}, or a feature with categories.
     * @throws BadInputException if the queries don't have what parts them.
     */
    public static QuerySlices of(final String by, final MeasuredQueries queries) {
        return switch (by) {
            case LENGTH -> byLength(queries);
            case SLICE -> bySlice(queries);
            default -> byCategory(by, queries);
        };
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

    private static QuerySlices byLength(final MeasuredQueries queries) {
        final int feature = queries.featureNames().indexOf(TOKENS);
        if (feature < 0) {
            throw new BadInputException("--split " + LENGTH + ": no feature " + TOKENS + " among "
                    + String.join(", ", queries.featureNames()) + ": name it with --features");
        }
        final List<String> names = new ArrayList<>();
        for (int bin = 0; bin < SliceKey.lengthBins(); bin++) {
            names.add(SliceKey.lengthBinName(bin));
        }
        final int[] of = new int[queries.queries().size()];
        for (int q = 0; q < of.length; q++) {
            final float tokens = queries.queries().get(q).features()[feature];
            of[q] = Float.isNaN(tokens) ? -1 : SliceKey.lengthBin((int) Math.ceil(tokens));
        }
        return new QuerySlices(LENGTH, SliceKey.LENGTH, List.copyOf(names), of);
    }

    private static QuerySlices bySlice(final MeasuredQueries queries) {
        final List<String> names = List.copyOf(new TreeSet<>(
                queries.queries().stream().map(MeasuredQuery::slice).toList()));
        final int[] of = new int[queries.queries().size()];
        for (int q = 0; q < of.length; q++) {
            of[q] = names.indexOf(queries.queries().get(q).slice());
        }
        return new QuerySlices(SLICE, SLICE, names, of);
    }

    private static QuerySlices byCategory(final String by, final MeasuredQueries queries) {
        final List<String> names = queries.categories().getOrDefault(by, List.of());
        if (names.isEmpty()) {
            throw new BadInputException("--split " + by + ": is neither " + LENGTH + ", " + SLICE
                    + " nor a feature with categories: name it with --features " + by + ":categorical");
        }
        final int feature = queries.featureNames().indexOf(by);
        final int[] of = new int[queries.queries().size()];
        for (int q = 0; q < of.length; q++) {
            of[q] = -1;
            for (int slice = 0; slice < names.size(); slice++) {
                if (queries.queries().get(q).features()[feature] == CategoryValue.of(names.get(slice))) {
                    of[q] = slice;
                }
            }
        }
        return new QuerySlices(by, by, names, of);
    }
}
