package io.t1.ops.lab.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabCorpus;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.lucene.util.Version;

/**
 * Keeps corpora's indexes in a folder, by what they are made of: documents, kind of text, model, and the versions of
 * this layout and of Lucene's. An index is written beside and renamed when whole; its manifest has every file's length
 * and CRC-32C, and one that doesn't match is made again.
 *
 * <p>Threading: any; processes too: who comes second takes the first one's.
 */
public final class IndexCache {
    /** Counts up when what is written for a corpus changes. */
    private static final int LAYOUT = 4;

    private static final String MANIFEST = "manifest.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BLOCK = 1 << 20;

    private final Path folder;
    private final MiniLmModel model;
    private final int threads;

    /**
     * @param folder made when missing.
     * @param threads that encode, at least 1.
     */
    public IndexCache(final Path folder, final MiniLmModel model, final int threads) {
        this.folder = folder;
        this.model = model;
        this.threads = threads;
    }

    /**
     * The corpus' index, as it is kept or newly made. Its caller closes it.
     *
     * @throws UncheckedIOException if the folder can't be written.
     */
    public LabIndex open(final LabCorpus corpus, final Progress progress) {
        final Path kept = folderFor(corpus);
        try {
            final Optional<LabIndex> found = openKept(kept, corpus);
            if (found.isPresent()) {
                return found.get();
            }
            Files.createDirectories(folder);
            final Path unfinished = Files.createTempDirectory(folder, kept.getFileName() + ".tmp");
            try {
                new LabIndexWriter(model, threads).write(unfinished, corpus, progress);
                Files.writeString(
                        unfinished.resolve(MANIFEST), checksums(unfinished).toPrettyString());
                replace(kept, unfinished, corpus);
            } finally {
                delete(unfinished);
            }
            return openKept(kept, corpus)
                    .orElseThrow(() -> new IOException("the index " + kept + " was changed while it was opened"));
        } catch (final IOException e) {
            throw new UncheckedIOException("can't keep the index in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Where a corpus' index is kept, whether or not there is one. */
    Path folderFor(final LabCorpus corpus) {
        return folder.resolve("index-v" + LAYOUT + "-" + Version.LATEST + "-"
                + corpus.kind().name().toLowerCase(java.util.Locale.ROOT) + "-" + model.fingerprint() + "-"
                + corpus.documentsHash());
    }

    private Optional<LabIndex> openKept(final Path kept, final LabCorpus corpus) {
        final Path manifest = kept.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        try {
            final JsonNode expected = JSON.readTree(manifest.toFile());
            return expected.equals(checksums(kept))
                    ? Optional.of(LabIndex.open(kept, corpus, model))
                    : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty(); // not whole: it is made again
        }
    }

    private static ObjectNode checksums(final Path index) throws IOException {
        final List<Path> files;
        try (Stream<Path> entries = Files.walk(index)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(MANIFEST))
                    .filter(file -> !file.getFileName().toString().equals("write.lock"))
                    .sorted()
                    .toList();
        }
        final ObjectNode checksums = JSON.createObjectNode();
        for (final Path file : files) {
            checksums.put(index.relativize(file).toString(), Files.size(file) + ":" + Long.toHexString(crc(file)));
        }
        return checksums;
    }

    private static long crc(final Path file) throws IOException {
        final CRC32C crc = new CRC32C();
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(block) >= 0) {
                crc.update(block.flip());
                block.clear();
            }
        }
        return crc.getValue();
    }

    /** Puts the finished folder in place, unless another process put a whole one there meanwhile. */
    private void replace(final Path kept, final Path finished, final LabCorpus corpus) throws IOException {
        try {
            Files.move(finished, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileSystemException e) {
            if (!Files.exists(kept)) {
                throw e;
            }
            final Optional<LabIndex> other = openKept(kept, corpus);
            if (other.isPresent()) {
                other.get().close();
                return;
            }
            delete(kept);
            Files.move(finished, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> entries = Files.walk(folder)) {
            deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path entry : deepestFirst) {
            Files.deleteIfExists(entry);
        }
    }
}
