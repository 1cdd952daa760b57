package io.t1.ops.spark;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.DistilEngine;
import io.t1.ops.distil.ObservedQueries;
import io.t1.ops.observation.MeasuredQueries;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A session of Spark. Its configuration is Spark's: properties named {@code spark.*}. Threading: one thread. */
final class SparkEngine implements DistilEngine {
    private static final String MASTER = "spark.master";
    private static final String JARS = "spark.jars";

    /** A task takes its queries along, a few hundred bytes each, and Spark sends none of more than 128 MiB. */
    private static final int MOST_HANDED_AT_ONCE = 50_000;

    private final SparkSession session;
    private final int workers;

    private SparkEngine(final SparkSession session, final int workers) {
        this.session = session;
        this.workers = workers;
    }

    /**
     * Begins a session.
     *
     * @throws BadInputException if Spark refuses the master, or it runs fewer tasks at a time than there are workers.
     */
    static SparkEngine open(final Place place) {
        final SparkConf configuration = new SparkConf()
                .setAppName("t1 distil")
                .setIfMissing(MASTER, "local[*]")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.driver.maxResultSize", "4g"); // a million pupils and those held out
        place.master().ifPresent(configuration::setMaster);
        if (configuration.get(MASTER).startsWith("local")) {
            configuration.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            configuration.setIfMissing("spark.driver.host", "127.0.0.1");
        } else {
            configuration.setIfMissing(JARS, String.join(",", ownJars()));
        }
        final SparkSession session = begin(configuration);
        final int slots = session.sparkContext().defaultParallelism();
        // growing a forest waits until all its tasks run at once: one too many would wait for ever
        if (session.sparkContext().isLocal() && slots < place.workers()) {
            session.stop();
            throw new BadInputException("--spark-workers=" + place.workers() + " > " + slots
                    + " tasks that the master " + configuration.get(MASTER) + " runs at a time: give it more, as local["
                    + place.workers() + "] does, or ask for fewer workers");
        }
        return new SparkEngine(session, place.workers());
    }

    private static SparkSession begin(final SparkConf configuration) {
        try {
            return SparkSession.builder().config(configuration).getOrCreate();
        } catch (final Exception e) { // Spark throws its checked exceptions undeclared
            throw new BadInputException(
                    "--spark-master=" + configuration.get(MASTER) + ": Spark doesn't start there: " + e.getMessage(),
                    e);
        }
    }

    /** What executors need beside Spark. */
    private static List<String> ownJars() {
        return Stream.of(SparkEngine.class, DistilEngine.class, io.t1.codec.Arm.class, XGBoostRegressor.class)
                .map(SparkEngine::jarOf)
                .toList();
    }

    private static String jarOf(final Class<?> member) {
        try {
            return Path.of(member.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("where " + member + " comes from", e);
        }
    }

    @Override
    public ObservedQueries hold(final MeasuredQueries queries) {
        final List<HeldQuery> held =
                queries.queries().stream().map(HeldQuery::of).toList();
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        final int parts = Math.max(context.defaultParallelism(), Math.ceilDiv(held.size(), MOST_HANDED_AT_ONCE));
        return new SparkQueries(
                session, workers, context.parallelize(held, parts), queries.featureNames(), queries.categories());
    }

    @Override
    public void close() {
        session.stop();
    }
}
