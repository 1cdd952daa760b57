package io.t1.ops.spark;

import io.t1.ops.cli.Progress;
import io.t1.ops.distil.FeatureGrid;
import io.t1.ops.distil.ForestTask;
import io.t1.ops.distil.HashSplit;
import io.t1.ops.distil.ObservedQueries;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Queries held by Spark. Those held out and the pupils are brought to this process; forests are grown where the queries
 * are, each half's dealt to the workers by hash and sorted by it, so that sums have one order wherever queries lay.
 */
final class SparkQueries implements ObservedQueries {
    private static final String TRAINING = "training the teacher on Spark";

    private final SparkSession session;
    private final int workers;
    private final JavaRDD<HeldQuery> queries;
    private final List<String> featureNames;
    private final Map<String, List<String>> categories;
    private final long size;

    /**
     * @param workers parts that a forest's rows lie in.
     * @param queries kept by Spark.
     * @param size how many.
     */
    SparkQueries(
            final SparkSession session,
            final int workers,
            final JavaRDD<HeldQuery> queries,
            final long size,
            final List<String> featureNames,
            final Map<String, List<String>> categories) {
        this.session = session;
        this.workers = workers;
        this.queries = queries;
        this.featureNames = featureNames;
        this.categories = categories;
        this.size = size;
    }

    @Override
    public List<String> featureNames() {
        return featureNames;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public MeasuredQueries heldOut(final HashSplit split) {
        return inOrder(split, query -> split.isHeldOut(split.hash(query.queryId())));
    }

    @Override
    public MeasuredQueries pupils(final HashSplit split) {
        return inOrder(split, query -> split.isPupil(split.hash(query.queryId())));
    }

    private MeasuredQueries inOrder(final HashSplit split, final Function<HeldQuery, Boolean> wanted) {
        final List<MeasuredQuery> found = SparkFailure.orSaid(
                        () -> queries.filter(wanted).collect())
                .stream()
                .map(HeldQuery::measured)
                .sorted(Comparator.comparingLong((MeasuredQuery query) -> split.hash(query.queryId()))
                        .thenComparing(MeasuredQuery::queryId))
                .toList();
        return new MeasuredQueries(featureNames, categories, found);
    }

    @Override
    public List<List<byte[]>> grow(
            final HashSplit split,
            final List<FeatureGrid> grids,
            final List<ForestTask> tasks,
            final Progress progress) {
        final List<List<byte[]>> grown = new ArrayList<>();
        progress.report(TRAINING, 0, 2L * tasks.size());
        for (int half = 0; half < 2; half++) {
            final JavaRDD<PlacedQuery> placed = placed(split, half, grids).persist(StorageLevel.MEMORY_AND_DISK());
            final List<byte[]> models = new ArrayList<>();
            for (final ForestTask task : tasks) {
                models.add(grow(placed, grids.size(), task));
                progress.report(TRAINING, (long) half * tasks.size() + models.size(), 2L * tasks.size());
            }
            placed.unpersist();
            grown.add(models);
        }
        return grown;
    }

    private JavaRDD<PlacedQuery> placed(final HashSplit split, final int half, final List<FeatureGrid> grids) {
        return queries.mapToPair(query -> new Tuple2<>(split.hash(query.queryId()), query))
                .filter(hashed -> split.half(hashed._1()) == half && !split.isHeldOut(hashed._1()))
                .mapValues(query -> PlacedQuery.of(query, grids))
                .repartitionAndSortWithinPartitions(new HashPartitioner(workers))
                .values();
    }

    private byte[] grow(final JavaRDD<PlacedQuery> placed, final int features, final ForestTask task) {
        final StructType schema = PlacedQuery.schema(features);
        final JavaRDD<Row> rows = placed.filter(query -> query.teaches(task)).map(query -> query.row(task));
        return SparkFailure.orSaid(() ->
                SparkForests.grow(session.createDataFrame(rows, schema), PlacedQuery.columns(features), task, workers));
    }
}
