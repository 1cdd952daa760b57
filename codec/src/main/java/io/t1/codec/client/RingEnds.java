package io.t1.codec.client;

import io.t1.codec.ring.RingConsumer;
import io.t1.codec.ring.RingFile;
import io.t1.codec.ring.RingProducer;
import io.t1.codec.ring.SleepWord;
import io.t1.codec.wire.RingWaiting;

/**
 * A client's ends of a mapped ring.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
final class RingEnds implements AutoCloseable {
    final RingProducer requests;
    final RingConsumer responses;
    final SleepWord serverSleep;
    final SleepWord clientSleep;
    final boolean serverSleeps;
    private final RingFile file;

    RingEnds(final RingFile file, final RingWaiting serverWaits) {
        this.file = file;
        requests = file.requestProducer();
        responses = file.responseConsumer();
        serverSleep = file.serverSleep();
        clientSleep = file.clientSleep();
        serverSleeps = serverWaits == RingWaiting.SLEEPS;
    }

    @Override
    public void close() {
        file.close();
    }
}
