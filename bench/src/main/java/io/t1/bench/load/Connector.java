package io.t1.bench.load;

import java.io.IOException;

/** Opens connections to the server under load; each client has one. */
public interface Connector {
    /** A connection whose {@link FramePipe#poll} waits as asked. */
    FramePipe open(Waiting waiting) throws IOException;
}
