package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.ops.gate.Budget;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How to distil.
 *
 * @param key the traffic that the table will decide for.
 * @param budget that prices time and sets the gate.
 * @param price lambda in nDCG per ms; empty: the one at which the budget is spent.
 * @param frontier with at least one point for CHEAP and one for FULL; their costs come from the rows when empty.
 * @param baseline T0.
 * @param inputs where the rows came from; empty when not from files.
 * @param effort how much is tried.
 * @param seed of folds, trees and worked examples.
 */
public record DistilSettings(
        TableKey key,
        Budget.MeanShare budget,
        OptionalDouble price,
        List<FrontierPoint> frontier,
        BaselineDecision baseline,
        List<Provenance.Input> inputs,
        Effort effort,
        long seed) {
    /** CHEAP as the lab measures it, for rows that say nothing of it: the first 20 candidates. */
    public static final FrontierPoint CHEAP = new FrontierPoint(Arm.CHEAP, 0, 20, 20, 0);
    /** FULL as the lab measures it: ANN with ef 100 joined, the best 50 reranked. */
    public static final FrontierPoint FULL = new FrontierPoint(Arm.FULL, 100, 100, 50, 0);

    /**
     * How much is tried.
     *
     * @param forests ways of growing the teacher, 1 to 60; with 1 the standard one is taken, and what additivity costs
     *     isn't measured either.
     * @param pairs of features that a table may get where they pay, 0 to 8; with 0 they aren't tried.
     */
    public record Effort(int forests, int pairs) {
        /** What a table that is to ship is worth. */
        public static final Effort WHOLE = new Effort(8, 8);
        /** For a demonstration: one way of growing the teacher. */
        public static final Effort QUICK = new Effort(1, 0);

        public Effort {
            if (forests < 1 || forests > 60) {
                throw new IllegalArgumentException("teachers=" + forests + " not in 1..60");
            }
            if (pairs < 0 || pairs > RouterArtifact.MAX_PAIRS) {
                throw new IllegalArgumentException("pairs=" + pairs + " not in 0.." + RouterArtifact.MAX_PAIRS);
            }
        }
    }

    public DistilSettings {
        if (price.isPresent() && !(price.getAsDouble() >= 0 && price.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("price=" + price.getAsDouble() + " nDCG per ms not 0 or more");
        }
    }

    /** The default traffic, half of FULL's mean extra cost, SKIP as baseline, seed 1. */
    public static DistilSettings standard() {
        return new DistilSettings(
                TableKey.DEFAULT,
                new Budget.MeanShare(0.5),
                OptionalDouble.empty(),
                List.of(),
                BaselineDecision.SKIP,
                List.of(),
                Effort.WHOLE,
                1);
    }

    /** The same with another seed. */
    public DistilSettings withSeed(final long seed) {
        return new DistilSettings(key, budget, price, frontier, baseline, inputs, effort, seed);
    }

    /** The same for other traffic at a price that is known. */
    DistilSettings withKeyAndPrice(final TableKey key, final double price) {
        return new DistilSettings(key, budget, OptionalDouble.of(price), frontier, baseline, inputs, effort, seed);
    }

    /** The same with another frontier. */
    public DistilSettings withFrontier(final List<FrontierPoint> frontier) {
        return new DistilSettings(key, budget, price, frontier, baseline, inputs, effort, seed);
    }

    /** The same with other inputs. */
    public DistilSettings withInputs(final List<Provenance.Input> inputs) {
        return new DistilSettings(key, budget, price, frontier, baseline, inputs, effort, seed);
    }

    /** The same with another effort. */
    public DistilSettings withEffort(final Effort effort) {
        return new DistilSettings(key, budget, price, frontier, baseline, inputs, effort, seed);
    }

    /** The same with another budget. */
    public DistilSettings withBudget(final Budget.MeanShare budget) {
        return new DistilSettings(key, budget, price, frontier, baseline, inputs, effort, seed);
    }
}
