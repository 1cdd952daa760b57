package io.t1.ops;

/** Input that a user gave is wrong. The message names the input, what is wrong with it, and the remedy; exit code 2. */
public final class BadInputException extends RuntimeException {
    /**
     * @param message for the user.
     */
    public BadInputException(final String message) {
        super(message);
    }

    /**
     * @param message for the user.
     * @param cause what was thrown, for {@code --stacktrace}.
     */
    public BadInputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
