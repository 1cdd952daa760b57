package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQueries;
import java.util.List;

/**
 * Queries measured under every arm, wherever they lie. What grows with their number is done there: forests are grown on
 * all of them. What is done with a table's few hundred knots is done here, on some of them.
 *
 * <p>Threading: one thread.
 */
public interface ObservedQueries {
    /** The columns of features. */
    List<String> featureNames();

    /** How many. */
    long size();

    /** Those held out, in order of hash. */
    MeasuredQueries heldOut(HashSplit split);

    /** Those that the table learns from, in order of hash. */
    MeasuredQueries pupils(HashSplit split);

    /**
     * Grows forests on each half of what isn't held out, features given by their places.
     *
     * @param grids a feature each.
     * @return models as XGBoost saves them, {@code [half][task]}.
     */
    List<List<byte[]>> grow(HashSplit split, List<FeatureGrid> grids, List<ForestTask> tasks, Progress progress);
}
