package io.t1.sidecar.transport;

import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.RingWaiting;
import java.util.concurrent.CompletableFuture;

/** Lends rings in shared memory to connections. Threading: any. */
public interface RingHost {
    /** What became of a wish for a ring. */
    sealed interface Answer {}

    /** Here it is. */
    record Lent(RingLease lease) implements Answer {}

    /** There is none. */
    record Refused(ErrorCode code, String text) implements Answer {}

    /**
     * Makes a ring, on a thread of its own.
     *
     * @param layoutVersion that the client can read.
     * @param clientWaits how the client waits for answers.
     * @param client told by the ring's thread what it must know.
     */
    CompletableFuture<Answer> open(int layoutVersion, RingWaiting clientWaits, RingClient client);

    /** From here on new requests in rings are refused. */
    void drain();
}
