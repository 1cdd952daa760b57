package io.t1.sidecar.http;

import io.t1.codec.TableKey;
import io.t1.codec.wire.ErrorCode;
import io.t1.gating.DecisionBatch;
import io.t1.gating.RandomBatches;
import io.t1.sidecar.journal.JournalCounters;
import io.t1.sidecar.stats.LoopStats;
import io.t1.sidecar.stats.Phase;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.ReloadEvent;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.stats.StatsSources;
import io.t1.sidecar.stats.TableRow;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Serves the page with made-up traffic for a given number of seconds, to look at it in a browser. */
final class PageWithTraffic {
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private PageWithTraffic() {}

    public static void main(final String[] args) throws IOException {
        final int port = Integer.parseInt(args[0]);
        final long seconds = Long.parseLong(args[1]);
        try (ServerStats stats = new ServerStats(new ServerStats.Context());
                StatsHttpServer server = StatsHttpServer.start(port, stats)) {
            System.out.println("http://127.0.0.1:" + server.port() + "/ for " + seconds + " s");
            stats.describe("vector", "epoll");
            stats.start();
            describe(stats);
            traffic(stats.newLoop(), seconds);
        }
    }

    private static void describe(final ServerStats stats) {
        final long now = System.currentTimeMillis();
        final TableKey docs = new TableKey("docs", "eu", "en");
        stats.sources(new StatsSources(
                () -> List.of(
                        new TableRow(docs, 12, EnumSet.of(TableRow.Role.ACTIVE), now, "9f", 6_200),
                        new TableRow(docs, 11, EnumSet.of(TableRow.Role.PREVIOUS), now - 90_000, "1c", 6_200),
                        new TableRow(docs, 3, EnumSet.of(TableRow.Role.BASELINE), now - 900_000, "77", 6_200)),
                () -> 18_600,
                Readiness.Ready::new,
                () -> new JournalCounters(JournalCounters.State.OPEN, "", 1_204_311, 1_204_300, 11, 48_172_000)));
        stats.reloaded(ReloadEvent.accepted(now - 900_000, "start", docs, 3, 2_100_000));
        stats.reloaded(ReloadEvent.accepted(now - 90_000, "wire", docs, 11, 1_400_000));
        stats.reloaded(ReloadEvent.refused(
                now - 40_000,
                "file router_distilled_int8.json",
                docs,
                "tau falls with entropy: feature=entropy, output=tau, segment=7, slope=-3",
                800_000));
        stats.reloaded(ReloadEvent.accepted(now - 2_000, "wire", docs, 12, 1_300_000));
    }

    private static void traffic(final LoopStats loop, final long seconds) {
        final Random random = new Random(1);
        final DecisionBatch batch = RandomBatches.batch(random, 16);
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        loop.connectionOpened();
        loop.error(ErrorCode.STALE_FEATURES);
        while (System.nanoTime() < end) {
            for (int n = random.nextInt(20, 60); n > 0; n--) {
                loop.request();
                loop.decided(batch);
                loop.record(Phase.DECODE, (long) Math.exp(random.nextGaussian(5.5, 0.4)));
                loop.record(Phase.KERNEL, (long) Math.exp(random.nextGaussian(4.6, 0.3)));
                loop.record(Phase.GATE, (long) Math.exp(random.nextGaussian(5, 0.3)));
                loop.record(Phase.ENCODE, (long) Math.exp(random.nextGaussian(5.7, 0.5)));
                loop.record(Phase.WHOLE, (long) Math.exp(random.nextGaussian(7.6, 0.7)));
            }
            LockSupport.parkNanos(TURN_NS);
        }
    }
}
