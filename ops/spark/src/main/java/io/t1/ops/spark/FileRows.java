package io.t1.ops.spark;

import io.t1.ops.observation.PackedRow;
import io.t1.ops.observation.PartedScan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file one after the other, what was found in it last. Files hand their rows on and Spark fetches them: so a
 * thread reads, and waits when it is a few thousand rows ahead. It ends with the task.
 *
 * <p>Threading: one thread.
 */
final class FileRows implements Iterator<Row> {
    private static final int BATCH = 1_024;
    private static final int AHEAD = 4;

    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(AHEAD);
    private final PartedScan scan;
    private final int file;
    private List<Row> filling = new ArrayList<>(BATCH);
    private Iterator<Row> taken = List.<Row>of().iterator();
    private boolean ended;

    /**
     * @param last whether none follows.
     * @param failure that ended reading; null for none.
     */
    private record Batch(
            List<Row> rows, boolean last, @Nullable Throwable failure) {}

    private FileRows(final PartedScan scan, final int file) {
        this.scan = scan;
        this.file = file;
    }

    /** Begins to read, for the task that calls. */
    static FileRows of(final PartedScan scan, final int file) {
        final FileRows rows = new FileRows(scan, file);
        final Thread reader =
                Thread.ofPlatform().daemon().name("t1-reading-" + file).start(rows::read);
        final TaskCompletionListener over = context -> reader.interrupt();
        TaskContext.get().addTaskCompletionListener(over);
        return rows;
    }

    private void read() {
        try {
            final PartedScan.FileTally tally = scan.read(file, this::add);
            filling.add(ScannedRows.of(tally));
            put(new Batch(filling, true, null));
        } catch (final TaskOver over) {
            return; // nobody is left to hear of it
        } catch (final Throwable e) {
            put(new Batch(List.of(), true, e));
        }
    }

    private void add(final PackedRow row) {
        filling.add(ScannedRows.of(row));
        if (filling.size() == BATCH) {
            put(new Batch(filling, false, null));
            filling = new ArrayList<>(BATCH);
        }
    }

    private void put(final Batch batch) {
        try {
            batches.put(batch);
        } catch (final InterruptedException e) {
            throw new TaskOver(e);
        }
    }

    @Override
    public boolean hasNext() {
        while (!taken.hasNext() && !ended) {
            final Batch batch;
            try {
                batch = batches.take();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TaskOver(e);
            }
            if (batch.failure() != null) {
                throw new IllegalStateException("reading " + scan.files().get(file), batch.failure());
            }
            taken = batch.rows().iterator();
            ended = batch.last();
        }
        return taken.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no row is left of " + scan.files().get(file));
        }
        return taken.next();
    }

    /** The task ended before the file did. */
    private static final class TaskOver extends RuntimeException {
        private static final long serialVersionUID = 1;

        TaskOver(final InterruptedException cause) {
            super("the task is over", cause);
        }
    }
}
