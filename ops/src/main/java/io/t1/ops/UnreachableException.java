package io.t1.ops;

/** No sidecar answered. The message names the socket and the remedy; exit code 3. */
public final class UnreachableException extends RuntimeException {
    /**
     * @param message for the user.
     * @param cause what was thrown.
     */
    public UnreachableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
