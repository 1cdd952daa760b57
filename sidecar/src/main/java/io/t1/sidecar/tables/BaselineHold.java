package io.t1.sidecar.tables;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.TableSnapshot;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a table's baseline deciding, from the moment a rollback's frame was read until the control thread has done the
 * rollback, or refused it. Changes that were asked for before and are done meanwhile don't show.
 *
 * <p>Threading: any. Closing it twice is harmless.
 */
public final class BaselineHold implements AutoCloseable {
    private final PinnedSnapshots<TableSnapshot> pinned;
    private final AtomicBoolean released = new AtomicBoolean();

    BaselineHold(final PinnedSnapshots<TableSnapshot> pinned) {
        this.pinned = pinned;
    }

    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            pinned.releaseBaseline();
        }
    }
}
