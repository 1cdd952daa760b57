package io.t1.codec.client;

/** No sidecar answered a request that has no baseline to fall back on: a publish, a rollback, a listing, the figures. */
public final class SidecarUnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message names the address, what happened, and what to do. */
    public SidecarUnreachableException(final String message) {
        super(message);
    }
}
