package io.t1.sidecar;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts to close, last made first; one that fails doesn't keep the others open. Threading: any. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(final T part) {
        parts.push(part);
        return part;
    }

    /** Closes them all. Twice is harmless. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            final AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (final Exception e) { // whatever it throws, the others are closed too
                LOG.error("closing {} failed", part.getClass().getSimpleName(), e);
            }
        }
    }
}
