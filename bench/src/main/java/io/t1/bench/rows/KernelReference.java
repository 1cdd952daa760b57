package io.t1.bench.rows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.micro.KernelBenchmark;
import io.t1.bench.suite.Cores;
import io.t1.bench.suite.NativePrograms;
import io.t1.bench.suite.Programs;
import io.t1.bench.suite.Unavailable;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The batch kernel in C ({@code kernel.c}), on a table's image and on codes that are written to files. */
final class KernelReference {
    private static final int RUN_SECONDS = 60;

    private final Path program;
    private final Path folder;
    private final int features;
    private final int outputs;
    private final int queries;
    private final int stride;

    private KernelReference(
            final Path program, final Path folder, final int features, final int outputs, final int queries) {
        this.program = program;
        this.folder = folder;
        this.features = features;
        this.outputs = outputs;
        this.queries = queries;
        stride = KernelBenchmark.stride(queries);
    }

    /**
     * Of a table without pairs; the table isn't kept.
     *
     * @param queries a multiple of 64.
     * @throws Unavailable without a compiler.
     */
    static KernelReference of(
            final NativePrograms natives, final Path folder, final RouterTable table, final int queries)
            throws Unavailable, IOException, InterruptedException {
        final KernelReference reference =
                new KernelReference(natives.program("kernel"), folder, table.features(), table.outputs(), queries);
        final byte[] image = new byte[table.imageBytes()];
        final int _ = table.copyImage(new UnsafeBuffer(image), 0);
        Files.write(folder.resolve("image"), image);
        Files.write(folder.resolve("codes"), KernelBenchmark.codes(reference.features, reference.stride));
        return reference;
    }

    /** Runs it: nanoseconds a decision of the fastest variant, the median of so many rounds. */
    double nsPerDecision(final Cores cores, final int rounds) throws IOException, InterruptedException {
        final String printed = Programs.run(
                cores.onClient(List.of(
                        program.toString(),
                        folder.resolve("image").toString(),
                        folder.resolve("codes").toString(),
                        folder.resolve("accumulators").toString(),
                        Integer.toString(stride),
                        Integer.toString(queries),
                        Integer.toString(rounds))),
                RUN_SECONDS);
        return new JsonMapper().readTree(printed).get("ns_per_decision").asDouble();
    }

    /**
     * A reference that computes something else is none.
     *
     * @param kernel of the same table.
     * @throws IllegalStateException if an accumulator of the last run differs.
     */
    void requireEqual(final RouterKernel kernel) throws IOException {
        final int[] ours = new int[outputs * stride];
        kernel.accumulate(KernelBenchmark.codes(features, stride), ours, stride, queries);
        final ByteBuffer theirs = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("accumulators")))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ours.length; i++) {
            if (ours[i] != theirs.getInt(i * Integer.BYTES)) {
                throw new IllegalStateException(
                        "accumulator " + i + " is " + ours[i] + ", in C " + theirs.getInt(i * Integer.BYTES));
            }
        }
    }
}
