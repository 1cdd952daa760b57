package io.t1.bench.reload;

import io.t1.bench.start.LaunchedServer;
import io.t1.codec.TableKey;
import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures how long a table still decides after a rollback: from before the command's frame is sent to when the last
 * decision by the old table arrives, with one client asking all the while.
 *
 * <p>Threading: one thread.
 */
public final class RollbackMeasurement {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long READY_NS = 20 * SECOND;
    private static final long SETTLE_NS = 20_000_000;

    private final Path launcher;
    private final Path folder;

    /** @param folder of the server, empty. */
    public RollbackMeasurement(final Path launcher, final Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /** Rolls back so many times. @return nanoseconds until the last decision by the table rolled back. */
    public Histogram run(final int rollbacks) throws IOException, InterruptedException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client admin = T1Client.connect(server.client())) {
            server.awaitControl(admin, READY_NS);
            admin.publish(TableChanges.table(1), PublishRole.ACTIVATE);
            final Histogram latencies = new Histogram(1, 10 * SECOND, 3);
            try (Asking asking = new Asking(server)) {
                for (int i = 0; i < 2 * rollbacks; i++) { // the first half warms up
                    admin.activate(TableKey.DEFAULT, 1);
                    Thread.sleep(TimeUnit.NANOSECONDS.toMillis(SETTLE_NS));
                    final long begun = System.nanoTime();
                    admin.rollback(TableKey.DEFAULT, RollbackTarget.BASELINE);
                    Thread.sleep(TimeUnit.NANOSECONDS.toMillis(SETTLE_NS));
                    if (i >= rollbacks) {
                        latencies.recordValue(Math.max(1, asking.lastByTableNs - begun));
                    }
                }
            }
            return latencies;
        }
    }

    /** Asks one after the other and notes when the published table last decided. */
    private static final class Asking implements AutoCloseable {
        private final T1Client client;
        private final Thread thread;
        private volatile boolean closing;
        private volatile long lastByTableNs;

        Asking(final LaunchedServer server) {
            client = T1Client.connect(server.client().features("entropy").deadlineNs(SECOND));
            thread = Thread.ofPlatform().name("asking").start(this::run);
        }

        private void run() {
            final Decision decision = new Decision();
            final float[] features = {1};
            while (!closing) {
                client.decide(features, decision);
                if (!decision.degraded() && decision.tableVersion() == 1) {
                    lastByTableNs = System.nanoTime();
                }
            }
        }

        @Override
        public void close() {
            closing = true;
            try {
                thread.join();
            } catch (final InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            client.close();
        }
    }

    /** Prints percentiles: {@code [rollbacks]}. */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("t1-rollback");
        final Histogram latencies = new RollbackMeasurement(LaunchedServer.launcher(), folder)
                .run(args.length > 0 ? Integer.parseInt(args[0]) : 100);
        System.out.printf(
                Locale.ROOT,
                "last decision by the old table after the rollback's frame: p50 %.0f us, p90 %.0f us, p99 %.0f us, max"
                        + " %.0f us of %d%n",
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(90) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                latencies.getTotalCount());
    }
}
