package io.t1.ops.lab.search;

/**
 * How much each score counts when lists are fused, after min-max within the list; the weights of a fusion sum to 1.
 *
 * @param cheapLexical BM25's part in CHEAP; the rest is the cosine's.
 * @param joinLexical BM25's part when FULL joins both candidate lists; the rest is the cosine's.
 * @param rerankLexical BM25's part in FULL's rerank.
 * @param rerankDense the cosine's part in FULL's rerank; the rest is the late interaction's.
 */
public record FusionWeights(double cheapLexical, double joinLexical, double rerankLexical, double rerankDense) {
    /** Each score alike: where there is no query to fit on. */
    public static final FusionWeights EQUAL = new FusionWeights(1.0 / 2, 1.0 / 2, 1.0 / 3, 1.0 / 3);

    /**
     * @throws IllegalArgumentException if a weight isn't in 0..1.
     */
    public FusionWeights {
        check("cheapLexical", cheapLexical);
        check("joinLexical", joinLexical);
        check("rerankLexical", rerankLexical);
        check("rerankDense", rerankDense);
        check("rerankLate", 1 - rerankLexical - rerankDense);
    }

    private static void check(final String name, final double weight) {
        if (!(weight >= -1e-9 && weight <= 1 + 1e-9)) {
            throw new IllegalArgumentException(name + "=" + weight + " not in 0..1");
        }
    }

    /** The late interaction's part in FULL's rerank. */
    public double rerankLate() {
        return Math.max(0, 1 - rerankLexical - rerankDense);
    }
}
