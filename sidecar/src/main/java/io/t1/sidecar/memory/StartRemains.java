package io.t1.sidecar.memory;

import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ControlThread;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What starting has left: garbage in the old generation, and pages of files. A quiet server's next collection may be days
 * away, since decisions allocate nothing.
 *
 * <p>Threading: one thread; the pages are given back on the control thread, which maps the store.
 */
public final class StartRemains {
    private static final Logger LOG = LoggerFactory.getLogger(StartRemains.class);

    private static final ControlReply NOBODY_ASKS = new ControlReply.Refused(ErrorCode.INTERNAL, "nobody asks");

    private final ControlThread control;
    private final Path store;
    private boolean collected;
    /** The control thread's. */
    private @Nullable FilePages pages;

    /**
     * @param control whose operations alone open and close the store.
     * @param store its file.
     */
    public StartRemains(final ControlThread control, final Path store) {
        this.control = control;
        this.store = store;
    }

    /**
     * Takes the next step: the collection first; then the pages, a look later, when what the collection and the search for
     * them have themselves walked through is done with. The collection pauses for what is live, and the first decisions
     * afterwards fault some pages in, which a client with a deadline of some milliseconds would notice: so not while
     * anybody asks.
     *
     * @return whether that was the last.
     */
    public boolean giveBack() {
        if (!collected) {
            System.gc();
            collected = true;
            final var _ = control.submit(this::findPages);
            return false;
        }
        final var _ = control.submit(this::releasePages);
        return true;
    }

    private ControlReply findPages() {
        try {
            pages = FilePages.find(store);
        } catch (final IOException e) {
            LOG.warn("pages of files stay resident: {}", e.getMessage());
        }
        return NOBODY_ASKS;
    }

    private ControlReply releasePages() {
        if (pages != null) {
            pages.release();
        }
        return NOBODY_ASKS;
    }
}
