package io.t1.ops.lab.search;

import io.t1.ops.lab.encoding.EncodedText;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.VectorUtil;

/**
 * The token vectors of all documents, in INT8, mapped into memory; and the late interaction over them: the mean over the
 * query's tokens of the best cosine with any token of the document (MaxSim, Khattab and Zaharia 2020).
 *
 * <pre>
 *   token-vectors.bin   384 bytes a token, documents one after the other
 *   token-scales.bin    int documents, then for each: int tokens, float scale a token
 * </pre>
 *
 * <p>Threading: any; {@link Scorer} one thread an instance. Who makes it closes it.
 */
final class TokenVectors implements AutoCloseable {
    static final String VECTORS_FILE = "token-vectors.bin";
    static final String SCALES_FILE = "token-scales.bin";

    private static final int DIMENSIONS = MiniLmModel.DIMENSIONS;

    private final Arena arena;
    private final MemorySegment vectors;
    private final long[] starts;
    private final float[] scales;

    private TokenVectors(final Arena arena, final MemorySegment vectors, final long[] starts, final float[] scales) {
        this.arena = arena;
        this.vectors = vectors;
        this.starts = starts;
        this.scales = scales;
    }

    /** Writes documents in their order. Who makes it closes it; the files are whole only then. */
    static final class Writer implements AutoCloseable {
        private final Path folder;
        private final OutputStream vectors;
        private final List<float[]> scales = new ArrayList<>();

        Writer(final Path folder) throws IOException {
            this.folder = folder;
            this.vectors = new BufferedOutputStream(Files.newOutputStream(folder.resolve(VECTORS_FILE)), 1 << 20);
        }

        void add(final EncodedText document) throws IOException {
            vectors.write(document.tokens());
            scales.add(document.scales());
        }

        @Override
        public void close() throws IOException {
            vectors.close();
            try (DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(folder.resolve(SCALES_FILE)), 1 << 16))) {
                out.writeInt(scales.size());
                for (final float[] document : scales) {
                    out.writeInt(document.length);
                    for (final float scale : document) {
                        out.writeFloat(scale);
                    }
                }
            }
        }
    }

    /** Opens what a {@link Writer} wrote to this folder; its bytes were checked before. */
    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as what is returned, whose close() closes it
    static TokenVectors open(final Path folder) throws IOException {
        LuceneLog.quieten();
        final long[] starts;
        final float[] scales;
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(Files.newInputStream(folder.resolve(SCALES_FILE)), 1 << 16))) {
            final int documents = in.readInt();
            starts = new long[documents + 1];
            float[] all = new float[documents * 64];
            int tokens = 0;
            for (int document = 0; document < documents; document++) {
                final int count = in.readInt();
                if (tokens + count > all.length) {
                    all = Arrays.copyOf(all, Math.max(tokens + count, all.length * 2));
                }
                for (int token = 0; token < count; token++) {
                    all[tokens++] = in.readFloat();
                }
                starts[document + 1] = tokens;
            }
            scales = Arrays.copyOf(all, tokens);
        }
        final Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(folder.resolve(VECTORS_FILE), StandardOpenOption.READ)) {
            final MemorySegment vectors = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new TokenVectors(arena, vectors, starts, scales);
        }
    }

    /** How many documents there are. */
    int documents() {
        return starts.length - 1;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Scores documents against queries. Allocation: a query's rows. Threading: one thread an instance. */
    final class Scorer {
        private final byte[] row = new byte[DIMENSIONS];
        private byte[][] query = new byte[0][];
        private float[] queryScales = new float[0];
        private float[] best = new float[0];

        void setQuery(final EncodedText encoded) {
            query = new byte[encoded.tokenCount()][];
            for (int token = 0; token < query.length; token++) {
                query[token] = Arrays.copyOfRange(encoded.tokens(), token * DIMENSIONS, (token + 1) * DIMENSIONS);
            }
            queryScales = encoded.scales();
            best = new float[query.length];
        }

        /** From -1 to 1 but for rounding; 0 when query or document has no token. */
        float maxSim(final int document) {
            final long from = starts[document];
            final long to = starts[document + 1];
            if (query.length == 0 || from == to) {
                return 0f;
            }
            Arrays.fill(best, Float.NEGATIVE_INFINITY);
            for (long token = from; token < to; token++) {
                MemorySegment.copy(vectors, ValueLayout.JAVA_BYTE, token * DIMENSIONS, row, 0, DIMENSIONS);
                final float scale = scales[(int) token];
                for (int q = 0; q < query.length; q++) {
                    best[q] = Math.max(best[q], scale * VectorUtil.dotProduct(query[q], row));
                }
            }
            float sum = 0;
            for (int q = 0; q < query.length; q++) {
                sum += best[q] * queryScales[q];
            }
            return sum / query.length;
        }
    }
}
