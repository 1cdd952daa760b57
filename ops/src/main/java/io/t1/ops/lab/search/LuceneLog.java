package io.t1.ops.lab.search;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lucene says through {@code java.util.logging} whether it uses the vector module, on standard error by default: in the
 * middle of a command's output. The lab reports it as a figure instead.
 */
final class LuceneLog {
    /** Held, since the logging framework forgets a logger, and its level, that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

    private LuceneLog() {}

    /** Keeps Lucene to itself short of a failure. Called before the first Lucene class that loads the vector code. */
    static void quieten() {
        LOGGER.setLevel(Level.SEVERE);
    }
}
