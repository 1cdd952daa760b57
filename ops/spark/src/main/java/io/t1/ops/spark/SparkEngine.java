package io.t1.ops.spark;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilEngine;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.PartedObservations;
import io.t1.router.artifact.RouterArtifact;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.SparkConf;
import org.apache.spark.package$;
import org.apache.spark.sql.SparkSession;
import org.duckdb.DuckDBDriver;

/** A session of Spark. Its configuration is Spark's: properties named {@code spark.*}. Threading: one thread. */
final class SparkEngine implements DistilEngine {
    private static final String MASTER = "spark.master";
    private static final String JARS = "spark.jars";
    private static final String SPARK_VERSION = package$.MODULE$.SPARK_VERSION();

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
                .setIfMissing("spark.driver.maxResultSize", "4g") // half a million pupils and those held out
                // too few slots for a forest's tasks: said after two minutes of waiting for more, instead of ten
                .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "8");
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
                    "--spark-master=" + configuration.get(MASTER) + ": Spark doesn't start there: "
                            // given up after several tries, it only says that it has stopped
                            + (e instanceof IllegalStateException ? "no master takes it" : SparkFailure.line(e))
                            + "; check that a master listens there and that its workers run Spark "
                            + SPARK_VERSION + " on JDK 25",
                    e);
        }
    }

    /** What executors need beside Spark. */
    private static List<String> ownJars() {
        return Stream.of(
                        SparkEngine.class,
                        DistilEngine.class,
                        RouterArtifact.class,
                        Arm.class,
                        DuckDBDriver.class,
                        XGBoostRegressor.class)
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
    public Held read(final ObservationReader reader, final List<String> names, final Progress progress) {
        final SparkScan scan = new SparkScan(session, progress);
        final PartedObservations rows = SparkFailure.orSaid(() -> reader.readElsewhere(names, scan, progress));
        return new Held(
                new SparkQueries(
                        session,
                        workers,
                        scan.queries(),
                        rows.queries().queries(),
                        rows.featureNames(),
                        rows.categories()),
                rows);
    }

    @Override
    public void close() {
        session.stop();
    }
}
