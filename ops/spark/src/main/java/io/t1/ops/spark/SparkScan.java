package io.t1.ops.spark;

import static org.apache.spark.sql.functions.col;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.ops.observation.PartedScan;
import io.t1.ops.observation.ScanPlace;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Files read by Spark, a task each, and their rows gathered by query in tasks of their own. What was found goes with the
 * rows and queries, so that a part done twice is counted once.
 *
 * <p>Threading: one thread.
 */
final class SparkScan implements ScanPlace {
    private static final String READING = "reading observations on Spark";

    /** Of the files, a part of the queries each: whose rows then fit a task's memory however well they are packed. */
    private static final long BYTES_PER_TASK = 8L << 20;

    private final SparkSession session;
    private final Progress progress;
    private JavaRDD<HeldQuery> queries;

    SparkScan(final SparkSession session, final Progress progress) {
        this.session = session;
        this.progress = progress;
        this.queries = context().emptyRDD();
    }

    /** Elsewhere a task has a working directory of its own. */
    @Override
    public String nameOf(final Path file) {
        return (session.sparkContext().isLocal() ? file : file.toAbsolutePath()).toString();
    }

    @Override
    public Found scan(final PartedScan scan) {
        final int files = scan.files().size();
        final int tasks = tasks(scan.files());
        final JavaRDD<Row> rows = context()
                .parallelize(IntStream.range(0, files).boxed().toList(), files)
                .flatMap(file -> FileRows.of(scan, file));
        final JavaRDD<Serializable> found = session.createDataFrame(rows, ScannedRows.SCHEMA)
                .repartition(tasks, col(ScannedRows.QUERY_ID))
                .sortWithinPartitions(ScannedRows.FILE, ScannedRows.ROW)
                .toJavaRDD()
                .mapPartitions(part -> gathered(scan, part))
                .persist(StorageLevel.MEMORY_AND_DISK());
        final List<PartedScan.FileTally> inFiles = new ArrayList<>();
        final List<PartedScan.GroupTally> inGroups = new ArrayList<>();
        for (final Serializable tally : told(found.filter(one -> !(one instanceof HeldQuery)), files + tasks)) {
            switch (tally) {
                case PartedScan.FileTally file -> inFiles.add(file);
                case PartedScan.GroupTally group -> inGroups.add(group);
                default -> throw new IllegalStateException("unknown tally " + tally);
            }
        }
        queries = found.filter(one -> one instanceof HeldQuery).map(one -> (HeldQuery) one);
        return new Found(inFiles, inGroups);
    }

    /** Collects while showing how many tasks ended. */
    private <T> List<T> told(final JavaRDD<T> wanted, final int tasks) {
        final AtomicInteger ended = new AtomicInteger();
        final SparkListener listener = new SparkListener() {
            @Override
            public void onTaskEnd(final SparkListenerTaskEnd end) {
                progress.report(READING, ended.incrementAndGet(), tasks);
            }
        };
        progress.report(READING, 0, tasks);
        session.sparkContext().addSparkListener(listener);
        try {
            return wanted.collect();
        } finally {
            session.sparkContext().removeSparkListener(listener);
        }
    }

    /** The queries measured under every arm, kept by Spark. */
    JavaRDD<HeldQuery> queries() {
        return queries;
    }

    private static Iterator<Serializable> gathered(final PartedScan scan, final Iterator<Row> part) {
        final List<Serializable> tallies = new ArrayList<>();
        final List<List<MeasuredQuery>> complete = new ArrayList<>();
        tallies.add(scan.gather(new PackedRows(part, tallies), complete::add));
        return Stream.concat(
                        tallies.stream(),
                        complete.stream().flatMap(List::stream).map(query -> (Serializable) HeldQuery.of(query)))
                .iterator();
    }

    private int tasks(final List<String> files) {
        final long bytes = files.stream().mapToLong(SparkScan::size).sum();
        return (int) Math.min(100_000, Math.max(context().defaultParallelism(), bytes / BYTES_PER_TASK));
    }

    private static long size(final String file) {
        try {
            return Files.size(Path.of(file));
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }
}
