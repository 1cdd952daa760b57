package io.t1.bench.reload;

import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import java.util.ArrayList;
import java.util.List;
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
     * @param most changes.
     */
    TableChanges(final T1Client client, final Kind kind, final int perSecond, final long firstSeed, final int most) {
        final List<byte[]> tables = new ArrayList<>(); // made before the load starts, not beside it
        for (int i = 0; kind == Kind.PUBLISH && i < most; i++) {
            tables.add(table(firstSeed + i));
        }
        thread = Thread.ofPlatform().name("changes").start(() -> {
            final long begun = System.nanoTime();
            for (int i = 0; !closing && i < most; i++) {
                final long due = begun + NS_PER_SECOND / perSecond * i;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (kind == Kind.PUBLISH) {
                    client.publish(tables.get(i), PublishRole.ACTIVATE);
                } else {
                    client.activate(TableKey.DEFAULT, 1 + i % 2);
                }
                changes = i + 1L;
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
