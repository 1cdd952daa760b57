package io.t1.router.artifact;

import io.t1.codec.Arm;

/**
 * A configuration of an arm, with what it costs.
 *
 * @param arm CHEAP or FULL.
 * @param ef of the ANN search, 0 to 65,535; 0 when the arm runs none.
 * @param topk candidates, 1 to 65,535.
 * @param rerankDepth documents reranked, 0 to 65,535.
 * @param p95CostMs extra latency over SKIP that 95 % of queries stay within, in milliseconds.
 */
public record FrontierPoint(Arm arm, int ef, int topk, int rerankDepth, float p95CostMs) {}
