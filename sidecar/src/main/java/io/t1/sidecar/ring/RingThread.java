package io.t1.sidecar.ring;

import io.t1.codec.cpu.CpuAffinity;
import io.t1.codec.ring.RingIdle;
import io.t1.sidecar.transport.DecisionLoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves rings, one after the other, and waits as it was told when none has anything. Without rings it sleeps, however
 * it waits with some.
 *
 * <p>Threading: {@link #run} by its thread; {@link #add}, {@link #remove}, {@link #wake}, {@link #drain} and {@link
 * #stop} by any. Allocation: none while no ring comes or goes.
 */
final class RingThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RingThread.class);
    /** As a processor: the system chooses. */
    static final int ANY_CPU = -1;

    private static final ServedRing[] NONE = {};
    /** How long a blocking thread goes on looking after the last frame: longer than a client takes to ask again. */
    private static final long BLOCKING_SPIN_NS = 20_000;
    /** Passes between two looks at the clock. */
    private static final int PASSES_A_LOOK = 32;

    private static final long STALLED_PARK_NS = 1_000_000;
    private static final long SPINS = 2_000;
    private static final long YIELDS = 50;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 1_000_000;

    private final ManyToOneConcurrentLinkedQueue<Runnable> tasks = new ManyToOneConcurrentLinkedQueue<>();
    private final BackoffIdleStrategy backoff = new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    private final RingIdle idle;
    private final int cpu;
    private final DecisionLoop loop;
    private final Thread thread;
    private ServedRing[] rings = NONE;
    private @Nullable Runnable endOfPass;
    private int idlePasses;
    private long idleSinceNs;
    private volatile boolean running = true;

    /**
     * @param cpu to be pinned to, or {@link #ANY_CPU}.
     * @param loop makes the loop whose passes end as the given executor says.
     */
    RingThread(final String name, final RingIdle idle, final int cpu, final Function<Executor, DecisionLoop> loop) {
        this.idle = idle;
        this.cpu = cpu;
        this.loop = loop.apply(task -> endOfPass = task);
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
    }

    /** What its rings share. */
    DecisionLoop loop() {
        return loop;
    }

    void start() {
        thread.start();
    }

    /** Serves a ring from now on. */
    void add(final ServedRing ring) {
        submit(() -> {
            rings = Arrays.copyOf(rings, rings.length + 1);
            rings[rings.length - 1] = ring;
            loop.stats().ringOpened(ring.file().bytes());
        });
    }

    /** Serves it no longer; runs {@code afterwards} on this thread once it is sure not to be touched any more. */
    void remove(final ServedRing ring, final Runnable afterwards) {
        submit(() -> {
            leaveOut(ring);
            afterwards.run();
        });
    }

    private void leaveOut(final ServedRing ring) {
        final ServedRing[] without =
                Arrays.stream(rings).filter(other -> other != ring).toArray(ServedRing[]::new);
        if (without.length < rings.length) {
            rings = without;
            loop.stats().ringClosed(ring.file().bytes());
        }
    }

    /** From here on new requests are refused. */
    void drain() {
        submit(loop::drain);
    }

    /** Looks at the rings now. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void submit(final Runnable task) {
        tasks.offer(task);
        wake();
    }

    /**
     * Ends it.
     *
     * @return whether it has ended within the time: only then may its rings be unmapped.
     */
    boolean stop(final long timeoutMs) {
        running = false;
        wake();
        try {
            thread.join(timeoutMs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public void run() {
        if (cpu != ANY_CPU) {
            pin();
        }
        while (running) {
            try {
                serveRings();
            } catch (final InternalError e) { // another one, while those of the first were looked for
                loop.abandonPass();
                LOG.error("the ring thread goes on after a fault", e);
            }
        }
        runTasks();
    }

    /**
     * Serves until it is stopped or a ring's memory has gone. The JVM tells of that at some later safepoint of this
     * thread, which may be the end of any loop: so the loop is inside the try.
     */
    private void serveRings() {
        try {
            while (running) {
                if (pass() > 0) {
                    idlePasses = 0;
                    backoff.reset();
                } else {
                    await();
                }
            }
        } catch (final InternalError e) {
            loop.abandonPass();
            endCutRings(e);
        }
    }

    private void pin() {
        try {
            CpuAffinity.pin(cpu);
            LOG.info("{} runs on cpu {}", thread.getName(), cpu);
        } catch (final IOException e) { // checked at the start; it can be taken away since
            LOG.warn("{} isn't pinned: {}", thread.getName(), e.getMessage());
        }
    }

    private int pass() {
        int done = tasks.isEmpty() ? 0 : runTasks();
        final ServedRing[] rings = this.rings;
        for (final ServedRing ring : rings) {
            done += serve(ring);
        }
        final Runnable end = endOfPass;
        if (end != null) {
            endOfPass = null;
            end.run();
        }
        return done;
    }

    private int serve(final ServedRing ring) {
        try {
            final int served = ring.serve();
            if (served != ServedRing.OVER) {
                return served;
            }
        } catch (final RuntimeException e) {
            LOG.error("a ring ended by a fault", e);
            ring.end("a fault of the server: " + e);
        }
        leaveOut(ring);
        ring.tellLost();
        return 1;
    }

    /** The JVM tells of a touch past a file's end, but not of which file, and perhaps while another ring is served. */
    private void endCutRings(final InternalError fault) {
        boolean found = false;
        for (final ServedRing ring : rings) {
            if (ring.file().isCut()) {
                ring.end("its file was cut short");
                leaveOut(ring);
                ring.tellLost();
                found = true;
            }
        }
        if (!found) {
            LOG.error("the ring thread goes on after a fault", fault);
        }
    }

    private int runTasks() {
        int ran = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (final RuntimeException e) {
                LOG.error("a ring couldn't be added or removed", e);
            }
            ran++;
        }
        return ran;
    }

    private void await() {
        if (rings.length == 0) {
            parkUnlessDue();
            return;
        }
        switch (idle) {
            case BUSY_SPIN -> {} // the next pass
            case BACKOFF -> backoff.idle();
            case BLOCKING -> awaitWake();
        }
    }

    private void awaitWake() {
        if (idlePasses++ == 0) {
            idleSinceNs = System.nanoTime();
        } else if (idlePasses % PASSES_A_LOOK == 0 && System.nanoTime() - idleSinceNs > BLOCKING_SPIN_NS) {
            idlePasses = 0;
            sleep();
        }
    }

    private void sleep() {
        final ServedRing[] rings = this.rings;
        for (final ServedRing ring : rings) {
            ring.sleeps();
        }
        try {
            boolean stalled = false;
            for (final ServedRing ring : rings) {
                if (ring.isDue()) {
                    return;
                }
                stalled |= ring.isStalled();
            }
            if (stalled) {
                LockSupport.parkNanos(this, STALLED_PARK_NS);
            } else {
                parkUnlessDue();
            }
        } finally {
            for (final ServedRing ring : rings) {
                ring.isUp();
            }
        }
    }

    /** A permit given since the queue was last looked at makes the park return at once: no task is missed. */
    private void parkUnlessDue() {
        if (running && tasks.isEmpty()) {
            LockSupport.park(this);
        }
    }
}
