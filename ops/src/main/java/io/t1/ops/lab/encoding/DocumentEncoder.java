package io.t1.ops.lab.encoding;

import io.t1.ops.cli.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Encodes many texts on several threads, each with a session of its own, and hands the vectors over in the texts'
 * order.
 *
 * <p>Threading: one caller.
 */
public final class DocumentEncoder {
    private static final int CHUNK = 256;

    private final MiniLmModel model;
    private final int threads;

    /** Takes one text's vectors. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Called on the encoding caller's thread, in the texts' order.
         *
         * @param index of the text.
         */
        void accept(int index, EncodedText encoded);
    }

    /**
     * @param threads at least 1.
     */
    public DocumentEncoder(final MiniLmModel model, final int threads) {
        this.model = model;
        this.threads = threads;
    }

    /**
     * Encodes all texts, at most {@code maxTokens} word pieces of each.
     *
     * @throws IllegalStateException if ONNX Runtime fails, or the thread is interrupted.
     */
    public void encode(final List<String> texts, final int maxTokens, final Sink sink, final Progress progress) {
        final List<TextEncoder> encoders = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                encoders.add(new TextEncoder(model));
            }
            for (int from = 0; from < texts.size(); from += CHUNK) {
                final int to = Math.min(from + CHUNK, texts.size());
                progress.report("encoding documents", from, texts.size());
                final EncodedText[] chunk = encodeChunk(texts, from, to, maxTokens, encoders, executor);
                for (int i = from; i < to; i++) {
                    sink.accept(i, chunk[i - from]);
                }
            }
            progress.report("encoding documents", texts.size(), texts.size());
        } finally {
            encoders.forEach(TextEncoder::close);
        }
    }

    private EncodedText[] encodeChunk(
            final List<String> texts,
            final int from,
            final int to,
            final int maxTokens,
            final List<TextEncoder> encoders,
            final ExecutorService executor) {
        final EncodedText[] chunk = new EncodedText[to - from];
        final List<Future<?>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            final int first = from + thread;
            final TextEncoder encoder = encoders.get(thread);
            parts.add(executor.submit(() -> {
                for (int i = first; i < to; i += threads) {
                    chunk[i - from] = encoder.encode(texts.get(i), maxTokens);
                }
            }));
        }
        try {
            for (final Future<?> part : parts) {
                part.get();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while encoding", e);
        } catch (final ExecutionException e) {
            throw new IllegalStateException("encoding failed: " + e.getCause(), e);
        }
        return chunk;
    }
}
