package io.t1.sidecar;

import io.t1.codec.wire.ErrorCode;
import io.t1.gating.Rehearsal;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.LiveTables;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets another kernel compute all that is served.
 *
 * <p>Threading: any; the switch itself is the control thread's.
 */
final class KernelSwitch {
    /** The longest that decisions with vectors may take to be compiled, in time that passes. */
    static final Duration REHEARSAL = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(KernelSwitch.class);
    private static final int FEATURES = 8;
    private static final int PAIRS = 2;

    private final LiveTables live;
    private final ControlThread control;
    private final Consumer<KernelKind> chosen;

    /**
     * @param live switched over on {@code control}.
     * @param chosen told of a switch.
     */
    KernelSwitch(final LiveTables live, final ControlThread control, final Consumer<KernelKind> chosen) {
        this.live = live;
        this.control = control;
        this.chosen = chosen;
    }

    /**
     * Has the whole way of a decision compiled with vectors, whose module must be loaded.
     *
     * @return false when it wasn't in time.
     */
    static boolean rehearseVectors() {
        final RouterArtifact artifact = RandomTables.artifact(1, FEATURES, OutputName.values().length, PAIRS);
        try (TableSnapshot snapshot = new TableSnapshot(artifact, 1, KernelKind.VECTOR)) {
            return Rehearsal.run(artifact, snapshot, REHEARSAL);
        }
    }

    /**
     * Switches, soon. Where a table's golden vectors disagree, all stays as it is, and the log says so.
     *
     * @param why for the log.
     */
    void to(final KernelKind kernel, final String why) {
        final var _ = control.submit(() -> {
            try {
                live.use(kernel, KernelChoice.available());
                chosen.accept(kernel);
                LOG.info("{}", why);
            } catch (final RefusedArtifactException e) {
                LOG.error("the kernel stays, {} isn't fit for what is served: {}", kernel.flag(), e.getMessage());
            }
            return new ControlReply.Refused(ErrorCode.INTERNAL, "nobody asks");
        });
    }
}
