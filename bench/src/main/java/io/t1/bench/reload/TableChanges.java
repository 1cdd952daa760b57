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
 * <p>Threading: one thread begins and ends bursts, one at a time.
 */
public final class TableChanges {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** What a change does. */
    public enum Kind {
        /** A table that the server hasn't seen. */
        PUBLISH,
        /** One of versions 1 and 2, which are stored. */
        ACTIVATE
    }

    private final T1Client client;
    private final Kind kind;
    private final List<byte[]> tables = new ArrayList<>();
    private volatile int made;

    /**
     * Makes the tables that will be published, so that no load runs beside that.
     *
     * @param client used by this alone during bursts.
     * @param firstSeed of tables to publish; none from it on was published before.
     * @param most changes.
     */
    TableChanges(final T1Client client, final Kind kind, final long firstSeed, final int most) {
        this.client = client;
        this.kind = kind;
        for (int i = 0; kind == Kind.PUBLISH && i < most; i++) {
            tables.add(table(firstSeed + i));
        }
    }

    /** A random table of 8 features and 5 outputs. */
    static byte[] table(final long seed) {
        return RouterArtifactJson.write(RandomTables.artifact(seed, FEATURES, OUTPUTS, 0));
    }

    /** Changes acknowledged so far, of all bursts. */
    int made() {
        return made;
    }

    /** Changes so often until the burst is closed. One that is late isn't left out: the next follow at once. */
    Burst begin(final int perSecond) {
        return new Burst(perSecond);
    }

    /** Changes under way. Closing it waits for the last one's acknowledgement. */
    final class Burst implements AutoCloseable {
        private final Thread thread;
        private volatile boolean closing;

        private Burst(final int perSecond) {
            thread = Thread.ofPlatform().name("changes").start(() -> change(perSecond));
        }

        private void change(final int perSecond) {
            final long begun = System.nanoTime();
            final int first = made;
            for (int next = first; !closing; next++) {
                final long due = begun + NS_PER_SECOND / perSecond * (next - first);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (kind == Kind.PUBLISH) {
                    client.publish(tables.get(next), PublishRole.ACTIVATE);
                } else {
                    client.activate(TableKey.DEFAULT, 1 + next % 2);
                }
                made = next + 1;
            }
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
}
