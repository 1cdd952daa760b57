package io.t1.codec.client;

import io.t1.codec.wire.ErrorCode;

/** The sidecar answered a request with an Error. */
public final class T1ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String text;

    /**
     * @param code {@link ErrorCode#INTERNAL} for one that this build doesn't know.
     * @param text as the sidecar wrote it.
     */
    public T1ServerException(final ErrorCode code, final String text) {
        super(code + ": " + text);
        this.code = code;
        this.text = text;
    }

    /** What kind of refusal. */
    public ErrorCode code() {
        return code;
    }

    /** The sidecar's own words. */
    public String text() {
        return text;
    }
}
