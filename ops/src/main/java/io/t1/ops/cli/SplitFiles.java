package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.distil.SplitResult;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.RouterArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a split's tables, beside that of the table for all: {@code table.json} has {@code table.len-6-10.json}. */
final class SplitFiles {
    private static final String ENDING = ".json";

    private final Path whole;

    SplitFiles(final Path whole) {
        this.whole = whole;
    }

    /** Writes the slices' tables; by key where each went. */
    Map<TableKey, Path> write(final SplitResult split) {
        return write(split.whole().artifact().key(), split.slices());
    }

    /**
     * The same.
     *
     * @param traffic the key of the table for all.
     */
    Map<TableKey, Path> write(final TableKey traffic, final List<RouterArtifact> slices) {
        final Map<TableKey, Path> written = new LinkedHashMap<>();
        for (final RouterArtifact table : slices) {
            final Path file = file(traffic, table.key());
            ArtifactFile.write(file, table);
            written.put(table.key(), file);
        }
        return written;
    }

    /** Tables of slices that don't ship, left from an earlier run. */
    List<Path> stale(final SplitResult split) {
        final List<Path> stale = new ArrayList<>();
        split.split().slices().stream()
                .filter(slice ->
                        split.slices().stream().noneMatch(table -> table.key().equals(slice.key())))
                .map(slice -> file(split.whole().artifact().key(), slice.key()))
                .filter(Files::exists)
                .forEach(stale::add);
        return stale;
    }

    private Path file(final TableKey traffic, final TableKey slice) {
        final String name = String.valueOf(whole.getFileName());
        final boolean ends = name.endsWith(ENDING);
        final String stem = ends ? name.substring(0, name.length() - ENDING.length()) : name;
        final String part = slice.language().equals(traffic.language())
                ? slice.index().substring(traffic.index().length() + 1)
                : slice.language();
        return whole.resolveSibling(stem + "." + part + (ends ? ENDING : ""));
    }
}
