package io.t1.ops.lab.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * nDCG at a cut, as trec_eval's {@code ndcg_cut}: the grade is the gain, rank r is discounted by log2(r + 1), what isn't
 * judged or is judged below 1 gains nothing, and the ideal ranking is of all judged documents, found or not. In [0, 1];
 * 0 when nothing relevant was judged.
 */
public final class Ndcg {
    /** The cut that all of T1 uses. */
    public static final int CUT = 10;

    /**
     * A document of a run.
     *
     * @param score a float, as trec_eval holds it.
     */
    public record Scored(String document, float score) {}

    private Ndcg() {}

    /**
     * nDCG at ten of documents in their order.
     *
     * @param ranking best first, without repetition; what lies past the tenth is ignored.
     */
    public static double atTen(final List<String> ranking, final Map<String, Integer> judgements) {
        return at(CUT, ranking, judgements);
    }

    /**
     * nDCG at a cut.
     *
     * @param cut at least 1.
     */
    public static double at(final int cut, final List<String> ranking, final Map<String, Integer> judgements) {
        final int[] ideal = judgements.values().stream()
                .filter(grade -> grade > 0)
                .sorted(Comparator.reverseOrder())
                .limit(cut)
                .mapToInt(Integer::intValue)
                .toArray();
        double best = 0;
        for (int i = 0; i < ideal.length; i++) {
            best += ideal[i] * discount(i);
        }
        double gained = 0;
        for (int i = 0; i < Math.min(cut, ranking.size()); i++) {
            gained += Math.max(0, judgements.getOrDefault(ranking.get(i), 0)) * discount(i);
        }
        return best == 0 ? 0 : gained / best;
    }

    /** A run's order: by descending score, equal ones by descending document id, whatever ranks the run claims. */
    public static List<String> order(final List<Scored> run) {
        return run.stream()
                .sorted(Comparator.comparingDouble(Scored::score)
                        .thenComparing(Scored::document)
                        .reversed())
                .map(Scored::document)
                .toList();
    }

    private static double discount(final int index) {
        return Math.log(2) / Math.log(index + 2.0);
    }
}
