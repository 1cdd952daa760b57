package io.t1.router.artifact;

/**
 * What turns outputs into an arm: {@code theta_q = theta_star - (tau_q - tau_mean)}; {@code score >= theta_q} is FULL,
 * within {@code delta} below it CHEAP, else SKIP.
 *
 * @param thetaStar the bar at {@code tauMean}; may lie outside 0..1, which closes or opens the gate for all.
 * @param delta width of the CHEAP band, 0 or more.
 * @param tauMean mean of tau over the training queries.
 * @param epsilon chance of exploring each arm, by {@link io.t1.codec.Arm#code()}; sums to at most 1; all 0 is off.
 */
public record GateSpec(float thetaStar, float delta, float tauMean, float[] epsilon) {}
