package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Turns what a user names (files, folders, globs) into the observation files meant, each once, in order of name. */
final class ObservationFiles {
    private ObservationFiles() {}

    /**
     * @throws BadInputException if one of them names nothing that can be read.
     */
    static List<Path> of(final List<String> names) {
        if (names.isEmpty()) {
            throw new BadInputException("no observations: name a file, a folder or a glob (t1 lab writes them)");
        }
        final Set<Path> files = new LinkedHashSet<>();
        for (final String name : names) {
            files.addAll(of(name));
        }
        return new ArrayList<>(files);
    }

    private static List<Path> of(final String name) {
        final Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return inFolder(path, name);
        }
        if (Files.exists(path)) {
            ObservationFormat.require(path);
            return List.of(path);
        }
        if (name.matches(".*[*?\\[{].*")) {
            return ofGlob(name);
        }
        throw new BadInputException(name + ": no such file or folder");
    }

    private static List<Path> inFolder(final Path folder, final String name) {
        final List<Path> found = list(folder).stream()
                .filter(file -> ObservationFormat.ofName(file).isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new BadInputException(name + ": the folder holds no observation file: " + ObservationFormat.ACCEPTED);
        }
        return found;
    }

    private static List<Path> ofGlob(final String name) {
        final int slash = name.lastIndexOf('/');
        final Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : name.substring(0, slash));
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    name + ": no such folder " + folder + " (a glob may stand in the last part only)");
        }
        final var matcher = FileSystems.getDefault().getPathMatcher("glob:" + name.substring(slash + 1));
        final List<Path> found = list(folder).stream()
                .filter(file -> matcher.matches(file.getFileName()))
                .map(file -> slash < 0 ? file.getFileName() : file)
                .toList();
        if (found.isEmpty()) {
            throw new BadInputException(name + ": the glob matches no file");
        }
        found.forEach(ObservationFormat::require);
        return found;
    }

    private static List<Path> list(final Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
    }
}
