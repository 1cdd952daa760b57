package io.t1.sidecar.transport;

/** A ring's client as the ring's thread sees it. Threading: any; nothing here blocks. */
public interface RingClient {
    /** It sleeps, and there is something in its ring. */
    void wake();

    /** Its ring has ended: it must learn that. */
    void lost(String reason);
}
