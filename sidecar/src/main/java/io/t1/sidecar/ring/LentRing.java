package io.t1.sidecar.ring;

import io.t1.codec.frame.RingGrant;
import io.t1.sidecar.transport.RingLease;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ring out on loan. Threading: any. */
final class LentRing implements RingLease {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final RingServer server;
    private final RingGrant grant;
    private final Path path;
    private final ServedRing ring;
    private final RingThread thread;

    LentRing(
            final RingServer server,
            final RingGrant grant,
            final Path path,
            final ServedRing ring,
            final RingThread thread) {
        this.server = server;
        this.grant = grant;
        this.path = path;
        this.ring = ring;
        this.thread = thread;
    }

    @Override
    public RingGrant grant() {
        return grant;
    }

    @Override
    public void mapped() {
        server.onFiles(() -> RingServer.remove(path));
    }

    @Override
    public void wake() {
        thread.wake();
    }

    /** The ring's thread lets go first: nothing is unmapped under a reader. */
    @Override
    public void end() {
        if (ended.compareAndSet(false, true)) {
            thread.remove(ring, () -> server.onFiles(() -> server.release(ring.file(), path)));
        }
    }
}
