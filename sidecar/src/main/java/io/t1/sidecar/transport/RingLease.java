package io.t1.sidecar.transport;

import io.t1.codec.frame.RingGrant;

/** A ring as the connection sees it by which it was opened. Threading: any. */
public interface RingLease {
    /** What to tell the client. */
    RingGrant grant();

    /** The client has mapped it: nobody needs its file's name any more. */
    void mapped();

    /** The client has written and seen that the server sleeps. */
    void wake();

    /** The client has gone, or has no use for it: takes it back. Twice is harmless. */
    void end();
}
