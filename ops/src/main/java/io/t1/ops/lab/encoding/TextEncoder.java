package io.t1.ops.lab.encoding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Encodes texts one by one, on the calling thread alone. A text's vectors depend on that text only, never on what was
 * encoded beside it: the model quantises activations over a whole batch, so batches would make them differ.
 *
 * <p>Threading: one thread an instance. Who makes it closes it.
 */
public final class TextEncoder implements AutoCloseable {
    private static final int DIMENSIONS = MiniLmModel.DIMENSIONS;
    private static final long OPENING_STACK_BYTES = 16L << 20;

    private final WordPieceTokenizer tokenizer;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /**
     * Loads the model into a session of its own; takes about 0.2 s.
     *
     * @throws IllegalStateException if ONNX Runtime refuses the model.
     */
    public TextEncoder(final MiniLmModel model) {
        this.tokenizer = model.tokenizer();
        this.environment =
                onALargeStack(() -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "t1"));
        this.session = onALargeStack(() -> open(model));
    }

    /**
     * Loading ONNX Runtime's library takes over 1 MB of stack on processors with AMX, and a Java thread that has no more
     * ends the process without a word. So a short-lived thread with plenty loads it, and opens models; running them
     * takes little.
     */
    private static <T> T onALargeStack(final Callable<T> step) {
        final FutureTask<T> opening = new FutureTask<>(step);
        new Thread(null, opening, "t1-encoder-opening", OPENING_STACK_BYTES).start();
        try {
            return opening.get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime can't open the encoder: " + e.getCause(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening the encoder", e);
        }
    }

    private OrtSession open(final MiniLmModel model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            return environment.createSession(model.graph(), options);
        }
    }

    /**
     * A text's sentence and token vectors.
     *
     * @param maxTokens 2 to 512, the two special ones included; what lies beyond is cut.
     */
    public EncodedText encode(final String text, final int maxTokens) {
        final int[] ids = tokenizer.tokenize(text, maxTokens);
        final float[] hidden = run(ids);
        return withTokens(sentence(hidden, ids.length), hidden, ids);
    }

    /** Each word-like token's vector, scaled to unit length and rounded to INT8 by its own largest component. */
    private EncodedText withTokens(final float[] sentence, final float[] hidden, final int[] ids) {
        int kept = 0;
        for (final int id : ids) {
            kept += tokenizer.isWordLike(id) ? 1 : 0;
        }
        final byte[] tokens = new byte[kept * DIMENSIONS];
        final float[] scales = new float[kept];
        int at = 0;
        for (int token = 0; token < ids.length; token++) {
            if (!tokenizer.isWordLike(ids[token])) {
                continue;
            }
            final int from = token * DIMENSIONS;
            float largest = Float.MIN_NORMAL;
            for (int d = from; d < from + DIMENSIONS; d++) {
                largest = Math.max(largest, Math.abs(hidden[d]));
            }
            final float toStep = Byte.MAX_VALUE / largest;
            for (int d = 0; d < DIMENSIONS; d++) {
                tokens[at * DIMENSIONS + d] = (byte) Math.round(hidden[from + d] * toStep);
            }
            scales[at++] = 1f / (toStep * length(hidden, from));
        }
        return new EncodedText(sentence, tokens, scales);
    }

    private float[] run(final int[] ids) {
        final long[] shape = {1, ids.length};
        final long[] inputIds = new long[ids.length];
        final long[] ones = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            inputIds[i] = ids[i];
        }
        Arrays.fill(ones, 1);
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(inputIds), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", idTensor, "attention_mask", mask, "token_type_ids", types))) {
            final FloatBuffer vectors = ((OnnxTensor) result.get(0)).getFloatBuffer();
            final float[] hidden = new float[ids.length * DIMENSIONS];
            vectors.get(hidden);
            return hidden;
        } catch (final OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on " + ids.length + " tokens: " + e.getMessage(), e);
        }
    }

    private static float[] sentence(final float[] hidden, final int tokens) {
        final float[] mean = new float[DIMENSIONS];
        for (int token = 0; token < tokens; token++) {
            for (int d = 0; d < DIMENSIONS; d++) {
                mean[d] += hidden[token * DIMENSIONS + d];
            }
        }
        final float length = length(mean, 0);
        for (int d = 0; d < DIMENSIONS; d++) {
            mean[d] /= length;
        }
        return mean;
    }

    static float length(final float[] vectors, final int from) {
        double squares = 0;
        for (int d = from; d < from + DIMENSIONS; d++) {
            squares += (double) vectors[d] * vectors[d];
        }
        return (float) Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (final OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't close the encoder: " + e.getMessage(), e);
        }
    }
}
