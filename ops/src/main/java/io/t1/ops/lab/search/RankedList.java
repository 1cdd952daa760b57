package io.t1.ops.lab.search;

import java.util.List;

/**
 * What a query is answered with.
 *
 * @param topTen document ids, best first, at most ten; equal scores by descending id, as trec_eval orders them.
 */
public record RankedList(List<String> topTen) {}
