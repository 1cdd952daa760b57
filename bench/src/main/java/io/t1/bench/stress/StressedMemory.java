package io.t1.bench.stress;

import io.t1.gating.Snapshot;

/** Stands for memory that mustn't be touched once it is closed; says whether it was. */
final class StressedMemory implements Snapshot {
    private volatile boolean closed;

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
