package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import io.t1.router.artifact.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what was found in files that were read elsewhere, by the rules of reading them here. Threading: one thread. */
final class PartedReading {
    private final ObservationScan scan;
    private final List<String> files;
    private final Comparator<RowPlace> order;

    private PartedReading(final ObservationScan scan, final List<String> files) {
        this.scan = scan;
        this.files = files;
        final Map<String, Integer> numbers = new HashMap<>();
        files.forEach(file -> numbers.put(file, numbers.size()));
        this.order = Comparator.comparingInt((RowPlace place) -> numbers.getOrDefault(place.file(), files.size()))
                .thenComparingLong(RowPlace::row);
    }

    /**
     * @throws BadInputException if a file is refused, more rows are bad than the policy allows, or no query is complete.
     */
    static PartedObservations read(final ObservationScan scan, final ScanPlace place) {
        final List<Path> files = scan.files();
        return new PartedReading(scan, files.stream().map(place::nameOf).toList()).read(place);
    }

    private PartedObservations read(final ScanPlace place) {
        final ScanPlace.Found found = place.scan(new PartedScan(files, scan.columns()));
        final BadRows badRows = scan.badRows();
        final List<Provenance.Input> inputs = inputs(found.files());
        final long rows = inputs.stream().mapToLong(Provenance.Input::rows).sum();
        ArmsFound arms = ArmsFound.NONE;
        QueryVariety complete = QueryVariety.of(List.of());
        for (final PartedScan.GroupTally group : found.groups()) {
            badRows.add(group.badRows(), order);
            arms = arms.and(group.arms(), order);
            complete = complete.and(group.complete());
        }
        badRows.stopWhenTooMany(rows); // before queries are found to lack what these rows held
        arms.requireMoreThanOne();
        found.groups().forEach(group -> badRows.add(group.lacking(), order));
        badRows.stopWhenTooMany(rows);
        if (complete.queries() == 0) {
            throw new BadInputException(files.getFirst() + ": no query is measured under every arm");
        }
        return new PartedObservations(scan.features(), scan.categories(), complete, inputs, rows, badRows.counts());
    }

    private List<Provenance.Input> inputs(final List<PartedScan.FileTally> found) {
        final PartedScan.FileTally[] inOrder = new PartedScan.FileTally[files.size()];
        found.forEach(tally -> inOrder[tally.file()] = tally);
        final List<Provenance.Input> inputs = new ArrayList<>();
        for (final PartedScan.FileTally tally : inOrder) {
            switch (tally) {
                // the first, as when files are read one after the other
                case PartedScan.RefusedFile refused -> throw new BadInputException(refused.message());
                case PartedScan.ReadFile read -> {
                    inputs.add(new Provenance.Input(read.name(), read.sha256(), read.rows()));
                    scan.badRows().add(read.badRows(), order);
                }
            }
        }
        return inputs;
    }
}
