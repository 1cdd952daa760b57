package io.t1.sidecar.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content that was last published from each file, remembered over restarts: a file that stays as it is must not undo
 * a rollback when the server comes back.
 *
 * <p>Threading: one thread.
 */
final class SeenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SeenFiles.class);
    private static final int SHA256_DIGITS = 64;

    private final Path file;
    private final Map<String, String> published = new HashMap<>();

    /**
     * @param file where it is remembered; need not be there.
     */
    SeenFiles(final Path file) {
        this.file = file;
        try {
            for (final String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                if (line.length() > SHA256_DIGITS + 1) {
                    published.put(line.substring(SHA256_DIGITS + 1), line.substring(0, SHA256_DIGITS));
                }
            }
        } catch (final IOException e) {
            LOG.warn("{} can't be read ({}): files in the watched directory count as new", file, e.getMessage());
        }
    }

    /** The SHA-256 of what was last published under a name, or null. */
    @Nullable
    String published(final String name) {
        return published.get(name);
    }

    /** Remembers that this content was published. */
    void publish(final String name, final String sha256) {
        if (sha256.equals(published.put(name, sha256))) {
            return;
        }
        final StringBuilder lines = new StringBuilder();
        new TreeMap<>(published)
                .forEach((key, value) ->
                        lines.append(value).append(' ').append(key).append('\n'));
        final Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(aside, lines);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            LOG.warn("{} can't be written ({}): after a restart {} is published again", file, e.getMessage(), name);
        }
    }
}
