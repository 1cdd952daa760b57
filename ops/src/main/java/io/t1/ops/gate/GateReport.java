package io.t1.ops.gate;

import java.util.List;

/**
 * What a gate search found.
 *
 * @param thetaStar as written, of a split into the table for all; of a closed gate, above every claim.
 * @param delta as written.
 * @param tauMean as stored in the table.
 * @param choice bars, budget and duality gap.
 * @param sweep 21 steps of theta_star around the optimum, delta held; of a split of the bar that all its tables stand on.
 * @param spending under bars chosen without the fold judged.
 * @param inSample whether the table was learnt from these very rows, which flatters it.
 * @param verdict on the same; when in sample, the one that the table carries from its own cross-fitting.
 */
public record GateReport(
        float thetaStar,
        float delta,
        float tauMean,
        ThresholdChoice choice,
        List<SweepStep> sweep,
        Spending spending,
        boolean inSample,
        Verdict verdict) {}
