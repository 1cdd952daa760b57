package io.t1.ops.lab.search;

import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.encoding.EncodedText;
import io.t1.ops.lab.evaluation.Ndcg;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the fusion weights with the best mean nDCG@10 over training queries, by search over a grid; of equals the first.
 * The join's weights are chosen by the joined list's own nDCG, then the rerank's for the lists that this join gives.
 */
final class FusionFit {
    private static final int STEPS = 20;
    private static final int SIMPLEX_STEPS = 10;

    /** A training query with what its fusions choose from. */
    private record Case(LabQuery query, EncodedText encoded, Candidates head, Candidates joined) {}

    private record Weights(double lexical, double dense) {}

    private final SearchNode node;

    FusionFit(final SearchNode node) {
        this.node = node;
    }

    FusionWeights fit(final List<LabQuery> training, final Progress progress) {
        if (training.isEmpty()) {
            return FusionWeights.EQUAL;
        }
        final List<Case> cases = new ArrayList<>();
        for (final LabQuery query : training) {
            progress.report("fitting fusion weights", cases.size(), training.size());
            final FirstStage first = node.firstStage(query.text());
            final EncodedText encoded = node.encode(first);
            cases.add(new Case(
                    query,
                    encoded,
                    node.firstCandidates(first, encoded, ArmConfiguration.CHEAP.rerankDepth()),
                    node.joinedCandidates(first, encoded, ArmConfiguration.FULL.ef(), ArmConfiguration.FULL.topk())));
        }
        final double cheap =
                best(pairs(), weights -> meanNdcg(cases, Case::head, weights)).lexical();
        final double join =
                best(pairs(), weights -> meanNdcg(cases, Case::joined, weights)).lexical();
        final List<Case> reranked = cases.stream()
                .map(one -> {
                    final Candidates head = node.best(one.joined(), ArmConfiguration.FULL.rerankDepth(), join);
                    node.addLate(head, one.encoded());
                    return new Case(one.query(), one.encoded(), head, head);
                })
                .toList();
        final Weights rerank = best(triples(), weights -> meanNdcg(reranked, Case::head, weights));
        progress.report("fitting fusion weights", training.size(), training.size());
        return new FusionWeights(cheap, join, rerank.lexical(), rerank.dense());
    }

    private static List<Weights> pairs() {
        final List<Weights> grid = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            final double lexical = (double) step / STEPS;
            grid.add(new Weights(lexical, 1 - lexical));
        }
        return grid;
    }

    private static List<Weights> triples() {
        final List<Weights> grid = new ArrayList<>();
        for (int lexical = 0; lexical <= SIMPLEX_STEPS; lexical++) {
            for (int dense = 0; dense <= SIMPLEX_STEPS - lexical; dense++) {
                grid.add(new Weights((double) lexical / SIMPLEX_STEPS, (double) dense / SIMPLEX_STEPS));
            }
        }
        return grid;
    }

    private static Weights best(final List<Weights> grid, final ToDoubleFunction<Weights> quality) {
        Weights best = grid.getFirst();
        double most = Double.NEGATIVE_INFINITY;
        for (final Weights weights : grid) {
            final double mean = quality.applyAsDouble(weights);
            if (mean > most) {
                most = mean;
                best = weights;
            }
        }
        return best;
    }

    @FunctionalInterface
    private interface Choice {
        Candidates of(Case one);
    }

    private double meanNdcg(final List<Case> cases, final Choice choice, final Weights weights) {
        double sum = 0;
        for (final Case one : cases) {
            final double late = Math.max(0, 1 - weights.lexical() - weights.dense());
            final RankedList answer = node.answer(choice.of(one), weights.lexical(), weights.dense(), late);
            sum += Ndcg.atTen(answer.topTen(), one.query().judgements());
        }
        return sum / cases.size();
    }
}
