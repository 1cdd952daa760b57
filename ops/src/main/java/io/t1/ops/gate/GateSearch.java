package io.t1.ops.gate;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets a table's thresholds on validation queries: most mean nDCG under a budget, by the decisions that the sidecar would
 * make. Of a log of one arm a query both are estimated off-policy.
 *
 * <p>When the policy isn't shown to beat random spending of the same money, or a log says too little of it, the gate is
 * closed: every query gets SKIP.
 */
public final class GateSearch {
    /** Metric under which a table carries the lower bound of its own cross-fitted gain over random spending. */
    public static final String CROSS_FITTED_LOWER_BOUND = "cross_fitted_over_best_random_lcb";
    /** Metric under which it carries how many queries its learning needed. */
    public static final String QUERIES_NEEDED = "queries_needed";

    private static final int HALF_SWEEP = 10;
    private static final double SWEEP_SPAN = 0.1;
    private static final double LEAST_SWEEP_BASE = 0.1;

    private GateSearch() {}

    /** Searches on queries measured under every arm, and sets the gate. */
    public static GateResult search(
            final RouterArtifact artifact,
            final MeasuredQueries validation,
            final List<Provenance.Input> inputs,
            final List<FrontierPoint> frontier,
            final Budget budget,
            final Progress progress) {
        return search(GateTables.of(artifact), ValidationQueries.of(validation), inputs, frontier, budget, progress);
    }

    /**
     * Searches, and sets the gates.
     *
     * @param validation queries that the tables weren't learnt from; see {@link GateReport#inSample()} for when they are.
     * @param inputs where they came from; empty when not from files.
     * @param frontier replaces the tables'.
     * @throws io.t1.ops.BadInputException if the queries lack a feature of a table.
     */
    public static GateResult search(
            final GateTables tables,
            final ValidationQueries validation,
            final List<Provenance.Input> inputs,
            final List<FrontierPoint> frontier,
            final Budget budget,
            final Progress progress) {
        progress.report("choosing thresholds", 0, 3);
        final MeasuredArms measured = validation.measured();
        final RouterArtifact artifact = tables.whole();
        final ClaimedArms claimed = tables.claims(validation, frontier);
        final ThresholdChoice best = ThresholdChoice.under(budget, claimed, measured);
        progress.report("choosing thresholds", 1, 3);
        final List<SweepStep> sweep = sweep(best, budget, claimed, measured);
        final ThresholdChoice choice = refined(best, sweep);
        progress.report("choosing thresholds", 2, 3);
        final Spending spending = Spending.of(measured, validation.crossFittedArms(budget, claimed));
        final boolean inSample =
                !inputs.isEmpty() && artifact.provenance().inputs().containsAll(inputs);
        final Verdict verdict = inSample ? carried(artifact, spending.verdict()) : spending.verdict();
        final List<RouterArtifact> gated =
                tables.gated(verdict.passed() ? choice.thresholds() : Thresholds.CLOSED, frontier);
        final GateSpec gate = gated.getFirst().gate();
        progress.report("choosing thresholds", 3, 3);
        return new GateResult(
                gated.getFirst(),
                List.copyOf(gated.subList(1, gated.size())),
                new GateReport(
                        gate.thetaStar(), gate.delta(), gate.tauMean(), choice, sweep, spending, inSample, verdict));
    }

    /** The same table with another gate and frontier. */
    public static RouterArtifact withGate(
            final RouterArtifact artifact, final GateSpec gate, final List<FrontierPoint> frontier) {
        return new RouterArtifact(
                artifact.key(),
                artifact.features(),
                artifact.outputs(),
                artifact.pairs(),
                artifact.monotone(),
                gate,
                frontier,
                artifact.baseline(),
                artifact.provenance(),
                artifact.golden());
    }

    /** On the rows that it was learnt from, a table can't be judged anew: what its cross-fitting found stands. */
    private static Verdict carried(final RouterArtifact artifact, final Verdict seen) {
        final var metrics = artifact.provenance().metrics();
        final Double lowerBound = metrics.get(CROSS_FITTED_LOWER_BOUND);
        if (seen.outcome() == Verdict.Outcome.UNSUPPORTED || lowerBound == null || lowerBound > 0) {
            return seen;
        }
        final double needed = metrics.getOrDefault(QUERIES_NEEDED, (double) seen.queriesNeeded());
        return new Verdict(Verdict.Outcome.INCONCLUSIVE, seen.queries(), (long) needed, seen.effect());
    }

    private static List<SweepStep> sweep(
            final ThresholdChoice best, final Budget budget, final ClaimedArms claimed, final MeasuredArms measured) {
        final Load load = Load.of(budget, measured);
        final double width = best.thresholds().full() - best.thresholds().cheap();
        final double base = best.thresholds().full();
        final double span = SWEEP_SPAN * Math.max(Math.abs(base), LEAST_SWEEP_BASE);
        final List<SweepStep> steps = new ArrayList<>();
        for (int s = -HALF_SWEEP; s <= HALF_SWEEP; s++) {
            final double bar = base + span * s / HALF_SWEEP;
            final byte[] arms = claimed.armsUnder(new Thresholds(bar, bar - width));
            double ndcg10 = 0;
            for (int q = 0; q < arms.length; q++) {
                ndcg10 += measured.ndcg10()[arms[q]][q] / arms.length;
            }
            final double value = load.mean(arms);
            final boolean within = value <= load.limit() - best.constraint().headroom();
            steps.add(new SweepStep(bar, ndcg10, value, within));
        }
        return steps;
    }

    private static ThresholdChoice refined(final ThresholdChoice best, final List<SweepStep> sweep) {
        int better = HALF_SWEEP;
        for (int s = 0; s < sweep.size(); s++) {
            if (sweep.get(s).withinBudget()
                    && sweep.get(s).ndcg10() > sweep.get(better).ndcg10()) {
                better = s;
            }
        }
        if (better == HALF_SWEEP) {
            return best;
        }
        final SweepStep chosen = sweep.get(better);
        final double width = best.thresholds().full() - best.thresholds().cheap();
        final ThresholdChoice.Constraint was = best.constraint();
        return new ThresholdChoice(
                new Thresholds(chosen.thetaStar(), chosen.thetaStar() - width),
                new ThresholdChoice.Constraint(
                        was.name(), chosen.load(), was.limit(), was.headroom(), was.multiplier()),
                best.dualityGap());
    }
}
