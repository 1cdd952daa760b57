package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.QuerySlices;
import io.t1.ops.distil.SplitDistiller;
import io.t1.ops.distil.SplitResult;
import io.t1.ops.observation.FeatureColumn;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.Observations;
import io.t1.ops.observation.ReadRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether slices may get tables of their own. */
final class SplitOptions {
    @Option(
            names = "--split",
            paramLabel = "BY",
            description =
                    "Give slices tables of their own where that pays on held-out queries: length (bins up to 5, 10, 20,"
                            + " 50 tokens, and more), slice, or a column of text such as language. They are written beside --out,"
                            + " their keys' suffix in their names.")
    private @Nullable String by;

    /** Whether one was asked for. */
    boolean wanted() {
        return by != null;
    }

    /**
     * Learns the table for all and those of the slices.
     *
     * @param source what the user named, for messages.
     * @throws BadInputException if nothing can be learnt from the rows, or they are of one arm a query.
     */
    SplitResult distil(
            final List<String> source, final ReadRows read, final DistilSettings settings, final Progress progress) {
        if (by == null || !(read instanceof final Observations measured)) {
            throw new BadInputException(String.join(", ", source) + ": --split " + by
                    + " needs queries measured under every arm; these rows are a log of one arm a query");
        }
        LearnableQueries.require(source, measured.queries());
        return SplitDistiller.distil(measured.queries(), QuerySlices.of(by, measured.queries()), settings, progress);
    }

    /**
     * The columns to read: a column of text that isn't a feature is read as one, and {@link QuerySlices} tells it apart.
     *
     * @throws BadInputException if the column is a feature of numbers.
     */
    List<String> columns(final List<String> features) {
        if (by == null || by.equals(QuerySlices.LENGTH) || by.equals(QuerySlices.SLICE)) {
            return features;
        }
        final String categorical = by + ":" + FeatureColumn.CATEGORICAL;
        if (features.contains(by)) {
            throw new BadInputException("--split " + by + ": that is a feature of numbers; name it --features "
                    + categorical + " if its values are categories");
        }
        if (features.contains(categorical)) {
            return features;
        }
        if (features.isEmpty()) {
            throw new BadInputException(
                    "--split " + by + ": name the table's features with --features, " + categorical + " among them");
        }
        final List<String> more = new ArrayList<>(features);
        more.add(categorical);
        return more;
    }
}
