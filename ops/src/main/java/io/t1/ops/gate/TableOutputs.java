package io.t1.ops.gate;

import io.t1.ops.BadInputException;
import io.t1.router.KernelKind;
import io.t1.router.OutputScaler;
import io.t1.router.Quantiser;
import io.t1.router.RouterTable;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        final byte[] codes = new byte[columns.length * n];
        final Quantiser quantiser = Quantiser.of(artifact.features());
        final float[] row = new float[columns.length];
        final byte[] rowCodes = new byte[columns.length];
        for (int q = 0; q < n; q++) {
            for (int f = 0; f < columns.length; f++) {
                row[f] = rows[q][columns[f]];
            }
            quantiser.quantise(row, rowCodes);
            for (int f = 0; f < columns.length; f++) {
                codes[f * n + q] = rowCodes[f];
            }
        }
        final int[] accumulators = new int[outputs * n];
        final float[] values = new float[outputs * n];
        try (RouterTable table = RouterTable.of(artifact)) {
            KernelKind.SCALAR.bind(table).accumulate(codes, accumulators, n, n);
            OutputScaler.of(table).scale(accumulators, values, n, n);
        }
        final boolean hasGain = artifact.outputIndex(OutputName.EXPECTED_GAIN) >= 0;
        return new TableOutputs(
                column(values, OutputName.TAU, n),
                column(values, OutputName.SPEND_CAP_MS, n),
                column(values, OutputName.MIN_CONF_GAIN, n),
                column(values, OutputName.SCORE, n),
                hasGain ? column(values, OutputName.EXPECTED_GAIN, n) : null);
    }

    private static float[] column(final float[] values, final OutputName output, final int n) {
        return Arrays.copyOfRange(values, output.ordinal() * n, (output.ordinal() + 1) * n);
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
