package io.t1.sidecar;

import io.t1.codec.cpu.ThreadPriority;
import io.t1.router.KernelCalibration;
import io.t1.router.KernelKind;
import io.t1.router.VectorModule;
import io.t1.router.artifact.OutputName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what computes. A server that is told nothing starts with lookup, which is fast before it is compiled. Once
 * traffic is dense all kernels are measured, on a thread behind the decisions; the fastest is run until it is compiled, and
 * computes from then on. Before that nothing would be gained: a decision now and then costs what waking up costs.
 *
 * <p>The same thread has what starting left given back, in parts, once, when nobody asks.
 *
 * <p>Threading: one thread makes, starts and closes it.
 */
final class KernelChoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final long FIRST_LOOK_MS = 5_000;
    private static final long LOOK_EVERY_MS = 2_000;
    private static final int FEATURES = 8;
    private static final int PAIRS = 2;
    /** Of the vector kernel, in time that passes, of which a busy machine leaves this thread little. */
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final KernelSwitch next;
    private final Machine machine;

    /**
     * What is measured on.
     *
     * @param firstLookMs when to look at the traffic first.
     * @param lookEveryMs how long to wait before it is looked at again.
     * @param traffic the pace since the last look.
     * @param calibration measures.
     * @param rehearsal has the whole way of a decision compiled with vectors; false when it wasn't in time.
     * @param remains gives back the next part of what the start has left, and tells whether it was the last.
     */
    record Machine(
            long firstLookMs,
            long lookEveryMs,
            Supplier<Traffic.Pace> traffic,
            Supplier<KernelCalibration> calibration,
            BooleanSupplier rehearsal,
            BooleanSupplier remains) {
        /** This one. */
        static Machine of(final Supplier<Traffic.Pace> traffic, final BooleanSupplier remains) {
            return new Machine(
                    FIRST_LOOK_MS,
                    LOOK_EVERY_MS,
                    traffic,
                    KernelChoice::calibrate,
                    KernelSwitch::rehearseVectors,
                    remains);
        }
    }

    KernelChoice(final KernelSwitch next, final Machine machine) {
        this.next = next;
        this.machine = machine;
        thread = Thread.ofPlatform().daemon().name("t1-kernels").unstarted(this::run);
    }

    /**
     * What to start with: lookup also where vectors are set, which are slow until they are compiled.
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
        final KernelKind promised = KernelCalibration.choose(
                        set.flag(), FEATURES, OutputName.values().length, PAIRS, WARM_UP)
                .kind();
        return promised == KernelKind.VECTOR ? KernelKind.LOOKUP : promised; // PromisedVectors brings them later
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
        ThreadPriority.lower(ThreadPriority.BEHIND_DECISIONS);
        try {
            boolean measured = false;
            boolean tidied = false;
            long waitMs = machine.firstLookMs();
            while (!(measured && tidied) && !closing.await(waitMs, TimeUnit.MILLISECONDS)) {
                waitMs = machine.lookEveryMs();
                final Traffic.Pace pace = machine.traffic().get();
                if (pace == Traffic.Pace.DENSE && !measured) {
                    measured = true;
                    measure();
                } else if (pace == Traffic.Pace.QUIET && !tidied) {
                    tidied = machine.remains().getAsBoolean();
                }
            }
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
        if (!machine.rehearsal().getAsBoolean()) {
            LOG.info(
                    "kernel=lookup stays: decisions with vectors weren't compiled after {} s",
                    KernelSwitch.REHEARSAL.toSeconds());
            return;
        }
        next.to(fastest, calibration + " from here on");
    }

    private static KernelCalibration calibrate() {
        return KernelCalibration.choose(KernelCalibration.AUTO, FEATURES, OutputName.values().length, PAIRS, WARM_UP);
    }

    @Override
    public void close() {
        closing.countDown(); // a measurement under way touches nothing of the server's, and its thread is a daemon
    }
}
