package io.t1.bench.reload;

import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes a server's table at a constant rate, on a thread of its own: new tables, each never seen before, or two stored
 * versions in turn.
 *
 * <p>Threading: one thread makes and closes it.
 */
final class TableChanges implements AutoCloseable {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** What a change does. */
    enum Kind {
        PUBLISH,
        ACTIVATE
    }

    private final Thread thread;
    private volatile boolean closing;
    private volatile long changes;

    /**
     * Starts changing.
     *
     * @param client used by this alone until it is closed; versions 1 and 2 are stored.
     * @param firstSeed of tables to publish; none before this was published.
     */
    TableChanges(final T1Client client, final Kind kind, final int perSecond, final long firstSeed) {
        thread = Thread.ofPlatform().name("changes").start(() -> {
            final long begun = System.nanoTime();
            for (long i = 0; !closing; i++) {
                final long due = begun + i * NS_PER_SECOND / perSecond;
                final byte[] table = kind == Kind.PUBLISH ? table(firstSeed + i) : new byte[0]; // made before it is due
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (kind == Kind.PUBLISH) {
                    client.publish(table, PublishRole.ACTIVATE);
                } else {
                    client.activate(TableKey.DEFAULT, 1 + i % 2);
                }
                changes = i + 1;
            }
        });
    }

    /** A random table of 8 features and 5 outputs. */
    static byte[] table(final long seed) {
        return RouterArtifactJson.write(RandomTables.artifact(seed, FEATURES, OUTPUTS, 0));
    }

    /** Changes made so far. */
    long made() {
        return changes;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
