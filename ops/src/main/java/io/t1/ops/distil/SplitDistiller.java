package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns one table for all queries, and one for each slice that has queries enough, and keeps the slices' where they pay: one
 * choice, of all of them or none, by one test.
 *
 * <p>All are judged on queries that they hadn't seen, under one budget over all queries, by bars chosen without the fold
 * judged. Time has one price, found for all queries, so {@code score + tau} is held against one bar whichever table says it,
 * and the slices share the budget as the bar has it.
 */
public final class SplitDistiller {
    /** A slice of fewer queries keeps the table for all. */
    public static final int FEWEST_QUERIES = 1_000;

    private final Distiller.Learnt whole;
    private final QuerySlices slices;
    private final Budget budget;
    private final MeasuredArms measured;
    private final ClaimedArms oneTable;
    private final byte[] oneTableArms;

    private SplitDistiller(final Distiller.Learnt whole, final QuerySlices slices) {
        this.whole = whole;
        this.slices = slices;
        budget = whole.recipe().settings().budget();
        measured = whole.set().measured();
        oneTable = SliceFit.absolute(whole.claims(), whole.judgement().table());
        oneTableArms = arms(oneTable);
    }

    /**
     * Distils. The same queries, slices and settings give the same tables, byte for byte.
     *
     * @throws io.t1.ops.BadInputException as {@link Distiller#distil}.
     */
    public static SplitResult distil(
            final MeasuredQueries training,
            final QuerySlices slices,
            final DistilSettings settings,
            final Progress progress) {
        return new SplitDistiller(Distiller.learn(training, settings, progress), slices).split(progress);
    }

    private SplitResult split(final Progress progress) {
        final Map<Integer, SliceFit> tried = new TreeMap<>();
        final List<String> reasons = new ArrayList<>();
        for (int slice = 0; slice < slices.names().size(); slice++) {
            final int[] queries = slices.queries(slice);
            final String reason = reasonAgainst(queries);
            reasons.add(reason);
            if (reason.isEmpty()) {
                tried.put(slice, SliceFit.of(whole, queries, key(slice), progress));
            }
        }
        if (tried.isEmpty()) {
            return new SplitResult(
                    whole.result(),
                    SplitReport.untried(slices.by(), found(reasons, tried, oneTableArms), status()),
                    List.of());
        }
        ClaimedArms claims = oneTable;
        for (final SliceFit fit : tried.values()) {
            claims = fit.into(claims, fit.claims());
        }
        final byte[] arms = arms(claims);
        final byte[] teacher = arms(whole.claims().teacher());
        final SplitReport report = new SplitReport(
                slices.by(),
                found(reasons, tried, arms),
                BcaBootstrap.STANDARD.ofMean(differences(arms)),
                Spending.of(measured, arms),
                costMs(oneTableArms),
                NoRegret.of(measured, arms, teacher),
                status());
        return report.pays()
                ? new SplitTables(whole, List.copyOf(tried.values()), report)
                        .gated(ThresholdChoice.under(budget, claims, measured), claims)
                : new SplitResult(whole.result(), report, List.of());
    }

    private List<SplitReport.Slice> found(
            final List<String> reasons, final Map<Integer, SliceFit> tried, final byte[] arms) {
        final double[] differences = differences(arms);
        final List<SplitReport.Slice> found = new ArrayList<>();
        for (int slice = 0; slice < reasons.size(); slice++) {
            final SliceFit fit = tried.get(slice);
            final BcaEstimate gain = fit == null
                    ? null
                    : BcaBootstrap.STANDARD.ofMean(Arrays.stream(fit.queries())
                            .mapToDouble(q -> differences[q])
                            .toArray());
            found.add(new SplitReport.Slice(
                    slices.names().get(slice), key(slice), slices.queries(slice).length, gain, reasons.get(slice)));
        }
        return List.copyOf(found);
    }

    private TableStatus status() {
        return whole.judgement().status();
    }

    /** Empty when a table can be learnt from these queries alone. */
    private String reasonAgainst(final int[] queries) {
        if (queries.length < FEWEST_QUERIES) {
            return "queries=" + queries.length + " < " + FEWEST_QUERIES;
        }
        final TrainingSet set = whole.set().at(queries);
        final double[] benefits = set.benefits();
        boolean helped = false;
        boolean spared = false;
        for (final double benefit : benefits) {
            helped |= benefit > 0;
            spared |= benefit == 0;
        }
        if (!helped || !spared) {
            return helped ? "FULL helps every query" : "FULL helps no query";
        }
        return set.measured().meanCostMs(Arm.FULL.code()) > 0 ? "" : "FULL costs no more than SKIP";
    }

    private TableKey key(final int slice) {
        return slices.key(whole.recipe().settings().key(), slice);
    }

    private byte[] arms(final ClaimedArms claims) {
        return ThresholdChoice.crossFittedArms(
                budget, claims, measured, whole.folds().of(), whole.folds().count());
    }

    private double[] differences(final byte[] arms) {
        final double[] differences = new double[arms.length];
        for (int q = 0; q < arms.length; q++) {
            differences[q] = measured.ndcg10()[arms[q]][q] - measured.ndcg10()[oneTableArms[q]][q];
        }
        return differences;
    }

    private double costMs(final byte[] arms) {
        double sum = 0;
        for (int q = 0; q < arms.length; q++) {
            sum += measured.costMs(arms[q], q);
        }
        return sum / arms.length;
    }
}
