package io.t1.sidecar;

import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.transport.SocketFile;
import io.t1.sidecar.transport.SocketServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends serving without a lost answer: nobody new is let in, what has come is answered, then requests are refused with
 * DRAINING until their senders have gone, or the time is up.
 *
 * <p>Threading: one thread; {@link #hasBegun} by any.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** For requests that were on their way when the drain began. */
    private static final Duration GRACE = Duration.ofMillis(100);
    /** For clients to learn that they must go elsewhere. */
    private static final Duration LINGER = Duration.ofMillis(300);

    private static final long LOOK_EVERY_NS = 2_000_000;

    private final SocketServer server;
    private final SocketFile socket;
    private final ControlThread controlThread;
    private volatile boolean begun;

    Drain(final SocketServer server, final SocketFile socket, final ControlThread controlThread) {
        this.server = server;
        this.socket = socket;
        this.controlThread = controlThread;
    }

    boolean hasBegun() {
        return begun;
    }

    /**
     * Drains.
     *
     * @return whether all that had come was answered in time.
     */
    boolean run(final Duration timeout) {
        begun = true;
        final long end = System.nanoTime() + timeout.toNanos();
        LOG.info("draining {} connections, at most {} ms", server.connections(), timeout.toMillis());
        server.stopAccepting();
        try {
            socket.remove();
        } catch (final IOException e) {
            LOG.warn("socket {} couldn't be removed: {}", socket.path(), e.getMessage());
        }
        await(Math.min(end, System.nanoTime() + GRACE.toNanos()), () -> server.connections() == 0);
        server.drain();
        final boolean answered = await(end, controlThread::isIdle);
        await(Math.min(end, System.nanoTime() + LINGER.toNanos()), () -> server.connections() == 0);
        return answered;
    }

    private static boolean await(final long end, final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            final long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, LOOK_EVERY_NS));
        }
        return true;
    }
}
