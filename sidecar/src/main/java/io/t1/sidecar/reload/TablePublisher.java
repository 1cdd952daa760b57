package io.t1.sidecar.reload;

/** Where a table that was found goes. */
@FunctionalInterface
public interface TablePublisher {
    /**
     * Publishes a table and makes it active. Waits for the end of it.
     *
     * @param source where it was found, for people.
     */
    Result publish(byte[] json, String source);

    /** What became of it. */
    enum Result {
        /** It decides. */
        PUBLISHED,
        /** It failed a check; what decided before decides on. */
        REFUSED,
        /** It wasn't looked at: the server is busy or not up yet. */
        TRY_AGAIN
    }
}
