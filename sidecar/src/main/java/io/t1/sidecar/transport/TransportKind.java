package io.t1.sidecar.transport;

import java.util.Locale;

/** How the server's event loops talk to the system. */
public enum TransportKind {
    /** epoll where there is one, else NIO: of the three it had the lowest median for one frame in flight. */
    AUTO,
    /** Linux epoll, edge-triggered. */
    EPOLL,
    /** Linux io_uring. */
    IO_URING,
    /** The JDK's selector: everywhere. */
    NIO;

    /** Its name in settings and logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
