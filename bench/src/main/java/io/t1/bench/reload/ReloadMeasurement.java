package io.t1.bench.reload;

import io.t1.bench.load.Arrivals;
import io.t1.bench.load.LoadContext;
import io.t1.bench.load.LoadResult;
import io.t1.bench.load.OpenLoop;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Loads a server at a constant rate in short segments, with changes of its table in every other pair of neighbours:
 * without, with, with, without. What drifts over seconds then falls on both kinds alike.
 *
 * <p>Threading: one thread; the load and the changes have one each.
 */
public final class ReloadMeasurement {
    /** Changes a second that are asked for. */
    public static final int CHANGES_PER_SECOND = 100;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int FIRST_SEED = 3;

    private final SidecarUnderTest server;
    private final int rate;
    private final long segmentNs;

    /**
     * @param server without a table.
     * @param rate requests a second.
     * @param segmentNs length of a segment.
     */
    public ReloadMeasurement(final SidecarUnderTest server, final int rate, final long segmentNs) {
        this.server = server;
        this.rate = rate;
        this.segmentNs = segmentNs;
    }

    /**
     * Warms up with both kinds, then runs so many pairs of segments.
     *
     * @param warmupNs of each kind.
     */
    public ReloadEffect run(final TableChanges.Kind kind, final int pairs, final long warmupNs)
            throws IOException, InterruptedException {
        try (T1Client client = server.client()) {
            client.publish(TableChanges.table(1), PublishRole.ACTIVATE);
            client.publish(TableChanges.table(2), PublishRole.ACTIVATE);
            final TableChanges changes = new TableChanges(client, kind, FIRST_SEED, changesIn(pairs, warmupNs));
            final ReloadEffect warmup = new ReloadEffect();
            load(warmupNs);
            changing(changes, warmup, warmupNs);
            final ReloadEffect effect = new ReloadEffect();
            for (int pair = 0; pair < pairs; pair++) {
                if (pair % 2 == 0) {
                    effect.addQuiet(load(segmentNs));
                    changing(changes, effect, segmentNs);
                } else {
                    changing(changes, effect, segmentNs);
                    effect.addQuiet(load(segmentNs));
                }
            }
            return effect;
        }
    }

    /** As many as can be asked for, and some in reserve: a segment is a little longer than its load. */
    private int changesIn(final int pairs, final long warmupNs) {
        return (int) (CHANGES_PER_SECOND * (pairs * segmentNs + warmupNs) * 2 / SECOND);
    }

    private void changing(final TableChanges changes, final ReloadEffect effect, final long lengthNs)
            throws IOException, InterruptedException {
        final long before = changes.made();
        try (TableChanges.Burst _ = changes.begin(CHANGES_PER_SECOND)) {
            final LoadResult result = load(lengthNs);
            effect.addChanging(result, changes.made() - before);
        }
    }

    private LoadResult load(final long lengthNs) throws IOException, InterruptedException {
        final LoadContext context =
                new LoadContext(server.connector()).warmupNs(0).measureNs(lengthNs);
        return new OpenLoop(context, Arrivals.CONSTANT, rate).run().requireClean();
    }
}
