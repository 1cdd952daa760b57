package io.t1.ops.lab.corpus;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The methods of a folder of {@code -sources.jar} files. */
final class SourceJars {
    private static final String SUFFIX = "-sources.jar";
    private static final int CHUNK = 256;

    /**
     * @param methods distinct in id and in text, by id.
     * @param filesFailed source files that couldn't be parsed.
     */
    record Methods(List<JavaMethod> methods, int filesRead, int filesFailed) {}

    private record SourceFile(String library, ZipFile jar, ZipEntry entry) {
        String key() {
            return library + "/" + entry.getName();
        }

        String source() throws IOException {
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SourceJars() {}

    /**
     * The source jars in a folder, by name.
     *
     * @throws BadInputException if there is none.
     */
    static List<Path> in(final Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                final List<Path> jars = entries.filter(
                                entry -> entry.getFileName().toString().endsWith(SUFFIX))
                        .sorted(Comparator.comparing(jar -> jar.getFileName().toString()))
                        .toList();
                if (!jars.isEmpty()) {
                    return jars;
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new BadInputException("no *" + SUFFIX + " in " + folder
                + ": the build puts the default corpus there (./t1 builds what is missing);"
                + " or give a folder in BEIR's layout with --corpus");
    }

    /**
     * Parses the files of all jars in an order hashed by the seed until they gave as many methods as wanted: parsing is
     * slow, and a sample doesn't need what it leaves out. A file that can't be parsed is counted and left out.
     */
    static Methods read(
            final List<Path> jars, final int wanted, final long seed, final int threads, final Progress progress) {
        final List<ZipFile> open = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (final Path jar : jars) {
                open.add(new ZipFile(jar.toFile()));
            }
            return read(sources(jars, open, seed), wanted, threads, executor, progress);
        } catch (final IOException e) {
            throw new BadInputException("can't read the source jars " + jars + ": " + e.getMessage(), e);
        } finally {
            open.forEach(SourceJars::close);
        }
    }

    private static Methods read(
            final List<SourceFile> files,
            final int wanted,
            final int threads,
            final ExecutorService executor,
            final Progress progress)
            throws IOException {
        final List<JavaMethod> found = new ArrayList<>();
        final AtomicInteger failed = new AtomicInteger();
        int read = 0;
        while (read < files.size() && found.size() < wanted) {
            progress.report("reading sources", Math.min(found.size(), wanted), Math.min(wanted, files.size() * 3L));
            final List<SourceFile> chunk = files.subList(read, Math.min(read + CHUNK, files.size()));
            final AtomicInteger next = new AtomicInteger();
            final List<Future<List<JavaMethod>>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                parts.add(executor.submit(() -> parse(chunk, next, failed)));
            }
            collect(parts, found);
            read += chunk.size();
        }
        return new Methods(distinct(found), read, failed.get());
    }

    private static void collect(final List<Future<List<JavaMethod>>> parts, final List<JavaMethod> found)
            throws IOException {
        try {
            for (final Future<List<JavaMethod>> part : parts) {
                found.addAll(part.get());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading sources", e);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("reading sources failed: " + e.getCause(), e);
        }
    }

    private static List<JavaMethod> parse(
            final List<SourceFile> files, final AtomicInteger next, final AtomicInteger failed) throws IOException {
        final MethodExtractor extractor = new MethodExtractor();
        final List<JavaMethod> methods = new ArrayList<>();
        for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            final SourceFile file = files.get(i);
            final Optional<List<JavaMethod>> extracted = extractor.extract(file.library(), file.source());
            extracted.ifPresentOrElse(methods::addAll, failed::incrementAndGet);
        }
        return methods;
    }

    private static List<SourceFile> sources(final List<Path> jars, final List<ZipFile> open, final long seed) {
        final List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < jars.size(); i++) {
            final String library = libraryOf(jars.get(i).getFileName().toString());
            for (final ZipEntry entry : Collections.list(open.get(i).entries())) {
                if (entry.getName().endsWith(".java")) {
                    files.add(new SourceFile(library, open.get(i), entry));
                }
            }
        }
        files.sort(Comparator.<SourceFile>comparingLong(file -> SeededHash.of(seed, file.key()))
                .thenComparing(SourceFile::key));
        return files;
    }

    private static void close(final ZipFile zip) {
        try {
            zip.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code guava-33.6.0-jre-sources.jar} is {@code guava}: ids stay the same over versions. */
    private static String libraryOf(final String jar) {
        return jar.substring(0, jar.length() - SUFFIX.length()).replaceFirst("-\\d.*$", "");
    }

    private static List<JavaMethod> distinct(final List<JavaMethod> found) {
        found.sort(Comparator.comparing(JavaMethod::id).thenComparing(JavaMethod::text));
        final Set<String> ids = new HashSet<>();
        final Set<String> texts = new HashSet<>();
        final List<JavaMethod> distinct = new ArrayList<>();
        for (final JavaMethod method : found) {
            if (!ids.contains(method.id()) && texts.add(method.className() + '\n' + method.text())) {
                ids.add(method.id());
                distinct.add(method);
            }
        }
        return distinct;
    }
}
