package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.QuerySlices;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.gate.GateTables;
import io.t1.ops.observation.LoggedObservations;
import io.t1.ops.observation.Observations;
import io.t1.ops.observation.ReadHere;
import io.t1.router.artifact.RouterArtifact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code t1 gate} is given: a table alone, or that for all of a split with all tables of its slices, and observations.
 * One table of a split alone would get a bar of its own, and the budget that they share wouldn't be kept.
 */
final class GateFiles {
    private static final String TABLE = ".json";

    private final Path file;
    private final RouterArtifact whole;
    private final Map<Path, RouterArtifact> slices = new LinkedHashMap<>();
    private final List<String> observations = new ArrayList<>();
    private String by = "";

    private GateFiles(final Path file) {
        this.file = file;
        whole = ArtifactFile.read(file);
    }

    /**
     * Reads the tables.
     *
     * @param words tables of slices, by their ending, before observations.
     * @throws BadInputException if a table isn't one, or the tables of a split aren't all there.
     */
    static GateFiles read(final Path table, final List<String> words) {
        final GateFiles files = new GateFiles(table);
        for (final String word : words) {
            if (files.observations.isEmpty() && word.endsWith(TABLE)) {
                final Path slice = Path.of(word);
                files.slices.put(slice, ArtifactFile.read(slice));
            } else {
                files.observations.add(word);
            }
        }
        files.requireAll();
        if (files.observations.isEmpty()) {
            throw new BadInputException(table + ": no observations after the tables: name files, folders or globs");
        }
        return files;
    }

    private void requireAll() {
        final int wanted = GateTables.slicesBeside(whole);
        if (GateTables.isOfASplit(whole) && wanted == 0) {
            throw new BadInputException(
                    file + ": a slice's table of a split, whose tables stand on one bar: name the table"
                            + " for all first, and then those of all slices");
        }
        if (slices.size() != wanted) {
            throw new BadInputException(
                    wanted == 0
                            ? file + ": isn't the table for all of a split, so "
                                    + slices.keySet().iterator().next()
                                    + " can't stand on a bar with it: name one table"
                            : file + ": tables of slices=" + slices.size() + ", its split has " + wanted
                                    + ", and all stand on one bar: t1 gate " + file + " " + besides()
                                    + " OBS --out FILE");
        }
        final Set<String> keys = new HashSet<>();
        slices.forEach((path, table) -> {
            final String parted = QuerySlices.by(whole.key(), table.key()).orElse("");
            final boolean sibling = GateTables.isOfASplit(table)
                    && table.provenance().seed() == whole.provenance().seed()
                    && table.provenance().inputs().equals(whole.provenance().inputs());
            if (parted.isEmpty() || !sibling || !(by.isEmpty() || by.equals(parted))) {
                throw new BadInputException(path + ": no slice's table of the split that " + file
                        + " is of, by its key " + table.key()
                        + " or what it was learnt from: give the tables of one run of"
                        + " t1 distil --split");
            }
            if (!keys.add(table.key().toString())) {
                throw new BadInputException(path + ": a second table for " + table.key() + ": give each once");
            }
            by = parted;
        });
    }

    private String besides() {
        final String name = file.toString();
        return (name.endsWith(TABLE) ? name.substring(0, name.length() - TABLE.length()) : name) + ".*" + TABLE;
    }

    RouterArtifact whole() {
        return whole;
    }

    /** Files, folders and globs. */
    List<String> observations() {
        return List.copyOf(observations);
    }

    /** The tables with the queries that each decides for. */
    GateTables over(final ReadHere read) {
        if (slices.isEmpty()) {
            return GateTables.of(whole);
        }
        final QuerySlices parts =
                switch (read) {
                    case Observations measured -> QuerySlices.of(by, measured.queries());
                    case LoggedObservations logged -> QuerySlices.of(by, logged.log());
                };
        return new GateTables(
                whole,
                slices.values().stream()
                        .map(table -> new GateTables.Slice(table, parts.queriesOf(whole.key(), table.key())))
                        .toList());
    }
}
