package io.t1.ops.distil;

import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.GateTables;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.gate.Thresholds;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a split, with gates that stand where one bar over all of them stands. */
final class SplitTables {
    private final Distiller.Learnt whole;
    private final List<SliceFit> fits;
    private final SplitReport report;

    SplitTables(final Distiller.Learnt whole, final List<SliceFit> shipped, final SplitReport report) {
        this.whole = whole;
        fits = shipped;
        this.report = report;
    }

    /**
     * Fits each slice's table to all of its queries, and sets the gates where the same shares of queries lie above them, over
     * all tables together, as of the claims that the bars were chosen on.
     */
    SplitResult gated(final ThresholdChoice choice, final ClaimedArms crossFitted) {
        final RouterArtifact forAll = whole.result().artifact();
        final List<SliceFit.Shipped> tables = new ArrayList<>();
        ClaimedArms own = SliceFit.absolute(forAll, whole.set());
        for (final SliceFit fit : fits) {
            final SliceFit.Shipped table = fit.table(whole.judgement().table());
            tables.add(table);
            own = fit.into(own, SliceFit.absolute(table.table(), fit.set()));
        }
        final Thresholds bars = choice.thresholds().transferred(crossFitted, own);
        final List<RouterArtifact> slices = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            slices.add(slice(fits.get(i), tables.get(i), bars));
        }
        final RouterArtifact gated = gated(forAll, bars, forAll.gate().tauMean());
        final Provenance was = forAll.provenance();
        final Map<String, Double> metrics = judged(was.metrics());
        metrics.put(GateTables.SLICES, (double) fits.size());
        final RouterArtifact finished = TableDraft.finished(
                gated,
                new Provenance(
                        was.tool(),
                        was.seed(),
                        was.trainRows(),
                        was.testRows(),
                        was.inputs(),
                        metrics,
                        was.trainingCounts()));
        final DistilResult result = whole.result();
        return new SplitResult(result.with(finished), report, List.copyOf(slices));
    }

    private RouterArtifact slice(final SliceFit fit, final SliceFit.Shipped shipped, final Thresholds bars) {
        final TrainingSet set = fit.set();
        final float tauMean = (float)
                TableOutputs.of(shipped.table(), set.featureNames(), set.rows()).meanTau();
        final Map<String, Double> metrics = judged(shipped.student().agreement());
        metrics.put("price_ndcg_per_ms", shipped.student().price());
        return TableDraft.finished(
                gated(shipped.table(), bars, tauMean),
                TableDraft.provenance(
                        fit.recipe().settings(),
                        set.size(),
                        metrics,
                        TrainingCounts.of(set.rows(), shipped.table().features())));
    }

    /** What is known of all tables together, in the place of what was known of one. */
    private Map<String, Double> judged(final Map<String, Double> known) {
        final Map<String, Double> metrics = new TreeMap<>(known);
        final Spending spending = report.spending();
        if (spending != null) {
            metrics.put(
                    GateSearch.CROSS_FITTED_LOWER_BOUND,
                    spending.overBestRandom().lowerBound());
            metrics.put(GateSearch.QUERIES_NEEDED, (double) spending.verdict().queriesNeeded());
        }
        final NoRegret noRegret = report.noRegret();
        if (noRegret != null) {
            metrics.put("no_regret", noRegret.difference().estimate());
            metrics.put("no_regret_lcb", noRegret.difference().lowerBound());
            metrics.put("agreement_with_teacher", noRegret.agreement());
        }
        if (report.gain() != null) {
            metrics.put(GateTables.GAIN, report.gain().estimate());
            metrics.put("split_gain_lcb", report.gain().lowerBound());
        }
        metrics.remove(Distiller.REJECTED);
        if (report.status() == TableStatus.REJECTED) {
            metrics.put(Distiller.REJECTED, 1.0);
        }
        return metrics;
    }

    /** A bar on {@code score + tau} is one on {@code score + tau - tau_mean} less the table's own mean. */
    private static RouterArtifact gated(final RouterArtifact table, final Thresholds bars, final float tauMean) {
        final GateSpec gate = new GateSpec(
                (float) (bars.full() - tauMean),
                bars.delta(),
                tauMean,
                table.gate().epsilon());
        return GateSearch.withGate(table, gate, table.frontier());
    }
}
