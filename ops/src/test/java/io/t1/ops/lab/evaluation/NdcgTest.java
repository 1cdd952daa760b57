package io.t1.ops.lab.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdcgTest {
    private static final Path TREC_EVAL =
            Path.of(System.getProperty("t1.project.root", ".")).resolve("../shared/data/trec_eval");

    @Test
    void usesLinearGainsAndTheIdealOfAllThatIsJudged() {
        final List<String> ranking = List.of("a", "b", "c", "d", "e", "f");
        final Map<String, Integer> judged = new HashMap<>(Map.of("a", 3, "b", 2, "c", 3, "d", 0, "e", 1, "f", 2));
        assertEquals(0.960808, Ndcg.at(6, ranking, judged), 5e-7);
        judged.putAll(Map.of("g", 3, "h", 2));
        assertEquals(0.785002, Ndcg.at(6, ranking, judged), 5e-7);
    }

    @Test
    void givesNothingForWhatIsUnjudgedJudgedBelowOneOrPastTheTenth() {
        final List<String> eleven = List.of("u", "n", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "late");
        assertEquals(0, Ndcg.atTen(eleven, Map.of("n", -2, "late", 1)));
        assertEquals(0, Ndcg.atTen(eleven, Map.of()));
        assertEquals(0, Ndcg.atTen(List.of(), Map.of("a", 1)));
        assertEquals(1 / (Math.log(3) / Math.log(2)), Ndcg.atTen(eleven, Map.of("n", 1, "u", -1)), 1e-12);
    }

    @Test
    void ordersEqualScoresByDescendingId() {
        final List<Ndcg.Scored> run = List.of(
                new Ndcg.Scored("b", 1f), new Ndcg.Scored("a", 2f), new Ndcg.Scored("c", 1f), new Ndcg.Scored("z", 0f));
        assertEquals(List.of("a", "c", "b", "z"), Ndcg.order(run));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 15, 20, 30, 100, 200, 500, 1000})
    void agreesWithTheExamplesThatTrecEvalPublishes(final int cut) throws IOException {
        assumeTrue(Files.isDirectory(TREC_EVAL), "no trec_eval examples at " + TREC_EVAL);
        final Map<String, Map<String, Integer>> judgements = new TreeMap<>();
        for (final String line : Files.readAllLines(TREC_EVAL.resolve("qrels.test"))) {
            final String[] fields = line.strip().split("\\s+", -1);
            judgements.computeIfAbsent(fields[0], id -> new HashMap<>()).put(fields[2], Integer.parseInt(fields[3]));
        }
        final Map<String, List<Ndcg.Scored>> run = new TreeMap<>();
        for (final String line : Files.readAllLines(TREC_EVAL.resolve("results.test"))) {
            final String[] fields = line.strip().split("\\s+", -1);
            run.computeIfAbsent(fields[0], id -> new ArrayList<>())
                    .add(new Ndcg.Scored(fields[2], Float.parseFloat(fields[4])));
        }
        final Map<String, String> expected = new TreeMap<>();
        for (final String line : Files.readAllLines(TREC_EVAL.resolve("out.test.aq"))) {
            final String[] fields = line.strip().split("\\s+", -1);
            if (fields[0].equals("ndcg_cut_" + cut)) {
                expected.put(fields[1], fields[2]);
            }
        }
        double sum = 0;
        for (final Map.Entry<String, List<Ndcg.Scored>> query : run.entrySet()) {
            final double ndcg =
                    Ndcg.at(cut, Ndcg.order(query.getValue()), judgements.getOrDefault(query.getKey(), Map.of()));
            assertEquals(Double.parseDouble(expected.get(query.getKey())), ndcg, 5e-5, "query " + query.getKey());
            sum += ndcg;
        }
        assertEquals(Double.parseDouble(expected.get("all")), sum / run.size(), 5e-5, "mean");
    }
}
