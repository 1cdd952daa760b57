package io.t1.ops.lab.corpus;

import java.util.Map;

/**
 * A query with its judgements.
 *
 * @param id unique in its corpus.
 * @param slice the group it belongs to, e.g. {@code natural-language}.
 * @param judgements graded relevance by document id; what isn't there counts as 0.
 */
public record LabQuery(String id, String text, String slice, Map<String, Integer> judgements) {}
