package io.t1.bench.peers.trees;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** ONNX Runtime on the same trees: all forests in one call, one thread, input and output buffers kept. */
final class OnnxScorer implements TreeScorer {
    private static final long OPENING_STACK_BYTES = 16L << 20;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final FloatBuffer input = floats(TeacherQueries.FEATURES);
    private final FloatBuffer output;
    private final OnnxTensor inputTensor;
    private final OnnxTensor outputTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxScorer(final List<byte[]> models) throws OrtException, IOException {
        final List<Forest> forests = new ArrayList<>();
        for (final byte[] model : models) {
            forests.add(Forest.ofJson(model));
        }
        environment = onALargeStack(OrtEnvironment::getEnvironment);
        session = onALargeStack(() -> open(environment, OnnxModel.of(forests, TeacherQueries.FEATURES)));
        output = floats(forests.size());
        inputTensor = OnnxTensor.createTensor(environment, input, new long[] {1, TeacherQueries.FEATURES});
        outputTensor = OnnxTensor.createTensor(environment, output, new long[] {1, forests.size()});
        inputs = Map.of("row", inputTensor);
        outputs = Map.of("out", outputTensor);
    }

    private static OrtSession open(final OrtEnvironment environment, final byte[] model) throws OrtException {
        final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return environment.createSession(model, options);
    }

    /**
     * Loading the library takes over 1 MB of stack on processors with AMX, and ends the process without a word when there
     * is less.
     */
    private static <T> T onALargeStack(final Callable<T> step) {
        final FutureTask<T> opening = new FutureTask<>(step);
        new Thread(null, opening, "onnx-opening", OPENING_STACK_BYTES).start();
        try {
            return opening.get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime can't open the teacher: " + e.getCause(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening the teacher", e);
        }
    }

    private static FloatBuffer floats(final int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void score(final float[] row, final float[] out) throws OrtException {
        input.put(0, row);
        session.run(inputs, outputs).close();
        output.get(0, out);
        out[0] = TreeScorer.chance(out[0]);
    }

    @Override
    public void close() {
        inputTensor.close();
        outputTensor.close();
        try {
            session.close();
        } catch (final OrtException e) {
            throw new IllegalStateException("closing ONNX Runtime", e);
        }
    }
}
