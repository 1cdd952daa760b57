package io.t1.ops;

/** Input that a user gave is wrong. The message names the input, what is wrong with it, and the remedy; exit code 2. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String message;

    /**
     * @param message for the user.
     */
    public BadInputException(final String message) {
        super(message);
        this.message = message;
    }

    /**
     * @param message for the user.
     * @param cause what was thrown, for {@code T1_STACKTRACE}.
     */
    public BadInputException(final String message, final Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** What to tell the user; never null. */
    @Override
    public String getMessage() {
        return message;
    }
}
