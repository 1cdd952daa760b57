package io.t1.ops.gate;

import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tables that one bar is set on: one alone, or that for all of a split with those of its slices.
 *
 * <p>A table alone is held against a bar on {@code score + tau - tau_mean}. Tables of a split have means of their own, but
 * one price of time: their bar is on {@code score + tau}, and each table's {@code theta_star} is that less its mean.
 *
 * @param whole the table of every query that no slice has.
 * @param slices none or more, of different queries.
 */
public record GateTables(RouterArtifact whole, List<Slice> slices) {
    /** Metric of a split's table for all: how many slices have tables of their own beside it. */
    public static final String SLICES = "split_slices";

    /** Metric of every table of a split: what the slices' tables gain over one table. */
    public static final String GAIN = "split_gain";

    /**
     * A slice's table.
     *
     * @param queries that it decides for.
     */
    public record Slice(RouterArtifact table, int[] queries) {}

    /** One table alone. */
    public static GateTables of(final RouterArtifact table) {
        return new GateTables(table, List.of());
    }

    /** Whether a table is one of a split. */
    public static boolean isOfASplit(final RouterArtifact table) {
        return table.provenance().metrics().containsKey(GAIN);
    }

    /** How many slices have tables beside this one; 0 of any table but a split's for all. */
    public static int slicesBeside(final RouterArtifact table) {
        return table.provenance().metrics().getOrDefault(SLICES, 0.0).intValue();
    }

    /** What the tables claim of queries, each of its own, on the scale of the bar. */
    ClaimedArms claims(final ValidationQueries queries, final List<FrontierPoint> frontier) {
        final ClaimedArms all = claims(whole, queries.featureNames(), queries.rows(), frontier);
        for (final Slice slice : slices) {
            final float[][] rows = Arrays.stream(slice.queries())
                    .mapToObj(q -> queries.rows()[q])
                    .toArray(float[][]::new);
            final ClaimedArms own = claims(slice.table(), queries.featureNames(), rows, frontier);
            for (int i = 0; i < rows.length; i++) {
                final int q = slice.queries()[i];
                all.claim()[q] = own.claim()[i];
                all.fullBecomes()[q] = own.fullBecomes()[i];
                all.cheapBecomes()[q] = own.cheapBecomes()[i];
            }
        }
        return all;
    }

    private ClaimedArms claims(
            final RouterArtifact table,
            final List<String> featureNames,
            final float[][] rows,
            final List<FrontierPoint> frontier) {
        return new ArmAdmission(
                        GateSearch.withGate(table, table.gate(), frontier),
                        table.gate().tauMean() - shift(table))
                .admit(TableOutputs.of(table, featureNames, rows));
    }

    /** What a table's {@code theta_star} lies under the bar. */
    private float shift(final RouterArtifact table) {
        return slices.isEmpty() ? 0 : table.gate().tauMean();
    }

    /** The tables with their gates on a bar, that for all first. */
    List<RouterArtifact> gated(final Thresholds bar, final List<FrontierPoint> frontier) {
        final List<RouterArtifact> gated = new ArrayList<>(List.of(gated(whole, bar, frontier)));
        slices.forEach(slice -> gated.add(gated(slice.table(), bar, frontier)));
        return gated;
    }

    private RouterArtifact gated(final RouterArtifact table, final Thresholds bar, final List<FrontierPoint> frontier) {
        final GateSpec was = table.gate();
        final float thetaStar = bar.equals(Thresholds.CLOSED) ? bar.thetaStar() : (float) (bar.full() - shift(table));
        return GateSearch.withGate(table, new GateSpec(thetaStar, bar.delta(), was.tauMean(), was.epsilon()), frontier);
    }
}
