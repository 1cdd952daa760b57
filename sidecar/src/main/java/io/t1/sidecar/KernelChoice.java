package io.t1.sidecar;

import io.t1.codec.cpu.ThreadPriority;
import io.t1.codec.wire.ErrorCode;
import io.t1.router.KernelCalibration;
import io.t1.router.KernelKind;
import io.t1.router.VectorModule;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.LiveTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what computes. A server starts with the kernel that is set, else with lookup, which is fast before it is
 * compiled; then all are measured once, on a thread of the least priority, when the first seconds are over and the
 * machine isn't busy, and the fastest computes from then on.
 *
 * <p>Threading: one thread makes, starts and closes it.
 */
final class KernelChoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final long AFTER_MS = 5_000;
    private static final int TRIES = 60;
    private static final int FEATURES = 8;
    private static final int PAIRS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final LiveTables live;
    private final ControlThread control;
    private final Consumer<KernelKind> chosen;
    private final Machine machine;

    /**
     * What is measured on.
     *
     * @param everyMs how long to wait before it is looked at, and looked at again.
     * @param busy whether a measurement would tell nothing now.
     * @param calibration measures.
     */
    record Machine(long everyMs, BooleanSupplier busy, Supplier<KernelCalibration> calibration) {}

    /**
     * @param live switched over on {@code control}.
     * @param chosen told of a switch.
     */
    KernelChoice(final LiveTables live, final ControlThread control, final Consumer<KernelKind> chosen) {
        this(live, control, chosen, new Machine(AFTER_MS, KernelChoice::isBusy, KernelChoice::calibrate));
    }

    /** The same on another machine. */
    KernelChoice(
            final LiveTables live,
            final ControlThread control,
            final Consumer<KernelKind> chosen,
            final Machine machine) {
        this.live = live;
        this.control = control;
        this.chosen = chosen;
        this.machine = machine;
        thread = Thread.ofPlatform().daemon().name("t1-kernels").unstarted(this::run);
    }

    /**
     * What to start with.
     *
     * @param set by the settings, or null.
     * @throws IllegalArgumentException if this machine hasn't the one that is set.
     */
    static KernelKind first(final @Nullable KernelKind set) {
        if (set == null) {
            return KernelKind.LOOKUP;
        }
        if (set == KernelKind.VECTOR) {
            VectorModule.load();
        }
        return KernelCalibration.choose(set.flag(), FEATURES, OutputName.values().length, PAIRS, WARM_UP)
                .kind();
    }

    /** All kernels that this machine has, as far as their modules are loaded. */
    static List<KernelKind> available() {
        return Stream.of(KernelKind.values()).filter(KernelKind::available).toList();
    }

    /** Measures in the background. */
    void start() {
        thread.start();
    }

    private void run() {
        ThreadPriority.lower(ThreadPriority.LEAST);
        try {
            for (int i = 0; i < TRIES; i++) {
                if (closing.await(machine.everyMs(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (!machine.busy().getAsBoolean()) {
                    measure();
                    collectTheStart();
                    return;
                }
            }
            LOG.info("kernel=lookup unmeasured, the machine was busy");
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            LOG.error("kernel=lookup stays, the others couldn't be measured", e);
        }
    }

    private void measure() {
        if (!VectorModule.load() || !KernelKind.VECTOR.available()) {
            return; // nothing beats lookup but vectors
        }
        final KernelCalibration calibration = machine.calibration().get();
        final KernelKind fastest = calibration.kind();
        if (fastest != KernelKind.VECTOR) {
            LOG.info("kernel=lookup stays: {}", calibration); // scalar wins only where nothing got compiled
            return;
        }
        final var _ = control.submit(() -> {
            try {
                live.use(fastest, available());
                chosen.accept(fastest);
                LOG.info("{} from here on", calibration);
            } catch (final RefusedArtifactException e) {
                LOG.error("kernel=lookup stays: {}", e.getMessage());
            }
            return new ControlReply.Refused(ErrorCode.INTERNAL, "nobody asks");
        });
    }

    /**
     * What starting has left in the old generation goes, and the heap shrinks to what is served. A quiet machine's next
     * collection may be days away: decisions allocate nothing. This one pauses for what is live, once.
     */
    private static void collectTheStart() {
        System.gc();
    }

    private static KernelCalibration calibrate() {
        return KernelCalibration.choose(KernelCalibration.AUTO, FEATURES, OutputName.values().length, PAIRS, WARM_UP);
    }

    /** Whether all processors have work: no figure would be true, and whoever works has a better use for them. */
    private static boolean isBusy() {
        try {
            final String load = Files.readString(LOAD);
            return Double.parseDouble(load.substring(0, load.indexOf(' ')))
                    >= Runtime.getRuntime().availableProcessors();
        } catch (final IOException | RuntimeException _) {
            return false; // no Linux
        }
    }

    @Override
    public void close() {
        closing.countDown(); // a measurement under way touches nothing of the server's, and its thread is a daemon
    }
}
