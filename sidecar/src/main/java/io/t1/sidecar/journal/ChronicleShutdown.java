package io.t1.sidecar.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Chronicle's one shutdown hook in place before a JVM ends.
 *
 * <p>Chronicle adds it with the first file that it maps, which a JVM that is ending refuses: a server told to stop before
 * its journal had opened could open it no more, and what the ring held was lost. Chronicle's own way to add it early costs
 * half a second, since it looks the whole machine over first; this makes the same hook without that. It uses what Chronicle
 * keeps private: where that has changed, a journal still opens, but not in a JVM that is ending.
 */
final class ChronicleShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(ChronicleShutdown.class);
    private static final String HOOK = "net.openhft.chronicle.core.shutdown.PriorityHook";
    private static final Object LOCK = new Object();

    private ChronicleShutdown() {}

    /** Adds the hook unless it is there, or this JVM ends already. Threading: any, before Chronicle is used. */
    static void join() {
        synchronized (LOCK) {
            try {
                final Class<?> type = Class.forName(HOOK);
                final Field registered = type.getDeclaredField("registeredHook");
                registered.setAccessible(true);
                if (registered.get(null) == null) {
                    add(type, registered);
                }
            } catch (final ReflectiveOperationException | RuntimeException e) {
                LOG.debug("a journal that opens while the JVM ends won't: {}", e.toString());
            }
        }
    }

    private static void add(final Class<?> type, final Field registered) throws ReflectiveOperationException {
        final Constructor<?> constructor = type.getDeclaredConstructor();
        final Method thread = type.getDeclaredMethod("shutdownThread");
        constructor.setAccessible(true);
        thread.setAccessible(true);
        final Object hook = constructor.newInstance();
        registered.set(null, hook); // its thread wants it there
        boolean added = false;
        try {
            Runtime.getRuntime().addShutdownHook((Thread) thread.invoke(hook));
            added = true;
        } finally {
            if (!added) {
                registered.set(null, null);
            }
        }
    }
}
