package io.t1.ops.gate;

import io.t1.ops.BadInputException;
import io.t1.router.KernelKind;
import io.t1.router.OutputScaler;
import io.t1.router.Quantiser;
import io.t1.router.RouterKernel;
import io.t1.router.RouterTable;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a table says of queries, computed as the sidecar does: its quantiser, its scalar kernel, its float step.
 *
 * @param tau one a query, as the others.
 * @param spendCapMs in ms.
 * @param minConfGain in nDCG.
 * @param score 0 to 1.
 * @param expectedGain in nDCG; null when the table has none.
 */
public record TableOutputs(
        float[] tau, float[] spendCapMs, float[] minConfGain, float[] score, float @Nullable [] expectedGain) {
    private static final int BATCH = 4_096;

    /**
     * Computes outputs.
     *
     * @param featureNames of the columns of {@code rows}.
     * @param rows {@code [query][feature]}.
     * @throws BadInputException if a feature of the table is not among the names.
     */
    public static TableOutputs of(
            final RouterArtifact artifact, final List<String> featureNames, final float[][] rows) {
        final int[] columns = columnsOf(artifact, featureNames);
        final int n = rows.length;
        final int outputs = artifact.outputs().size();
        final Quantiser quantiser = Quantiser.of(artifact.features());
        final float[][] values = new float[outputs][n];
        try (RouterTable table = RouterTable.of(artifact)) {
            final RouterKernel kernel = KernelKind.SCALAR.bind(table);
            final OutputScaler scaler = OutputScaler.of(table);
            // a batch stays near, and batches are computed on as many threads as there are
            IntStream.range(0, (n + BATCH - 1) / BATCH).parallel().forEach(batch -> {
                final int first = batch * BATCH;
                final int count = Math.min(BATCH, n - first);
                final byte[] codes = codes(quantiser, columns, rows, first, count);
                final int[] accumulators = new int[outputs * count];
                final float[] scaled = new float[outputs * count];
                kernel.accumulate(codes, accumulators, count, count);
                scaler.scale(accumulators, scaled, count, count);
                for (int o = 0; o < outputs; o++) {
                    System.arraycopy(scaled, o * count, values[o], first, count);
                }
            });
        }
        final boolean hasGain = artifact.outputIndex(OutputName.EXPECTED_GAIN) >= 0;
        return new TableOutputs(
                values[OutputName.TAU.ordinal()],
                values[OutputName.SPEND_CAP_MS.ordinal()],
                values[OutputName.MIN_CONF_GAIN.ordinal()],
                values[OutputName.SCORE.ordinal()],
                hasGain ? values[OutputName.EXPECTED_GAIN.ordinal()] : null);
    }

    /** {@code codes[feature * count + i]} of so many rows. */
    private static byte[] codes(
            final Quantiser quantiser, final int[] columns, final float[][] rows, final int first, final int count) {
        final byte[] codes = new byte[columns.length * count];
        final float[] row = new float[columns.length];
        final byte[] rowCodes = new byte[columns.length];
        for (int i = 0; i < count; i++) {
            for (int f = 0; f < columns.length; f++) {
                row[f] = rows[first + i][columns[f]];
            }
            quantiser.quantise(row, rowCodes);
            for (int f = 0; f < columns.length; f++) {
                codes[f * count + i] = rowCodes[f];
            }
        }
        return codes;
    }

    private static int[] columnsOf(final RouterArtifact artifact, final List<String> featureNames) {
        final List<String> missing = new ArrayList<>(artifact.featureNames());
        missing.removeAll(featureNames);
        if (!missing.isEmpty()) {
            throw new BadInputException("the rows lack the table's feature" + (missing.size() > 1 ? "s " : " ")
                    + String.join(", ", missing) + "; they have " + String.join(", ", featureNames)
                    + ": use rows with the features that the table was learnt from");
        }
        return artifact.featureNames().stream().mapToInt(featureNames::indexOf).toArray();
    }

    /** Queries. */
    public int size() {
        return tau.length;
    }

    /** Mean of tau, in double. */
    public double meanTau() {
        double sum = 0;
        for (final float value : tau) {
            sum += value;
        }
        return sum / tau.length;
    }
}
