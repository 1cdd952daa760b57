package io.t1.ops.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.search.ArmConfiguration;
import io.t1.ops.lab.search.FirstStage;
import io.t1.ops.lab.search.LabFeatures;
import io.t1.ops.lab.search.SearchNode;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.FrontierPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchLabTest {
    private static final Path ROOT = Path.of(System.getProperty("t1.project.root", "."));

    @TempDir
    private Path folder;

    @Test
    void replaysEveryQueryUnderEveryArmTheSameEachTime() throws IOException {
        final LabContext context = tiny();
        final MeasuredQueries first = replay(context);
        final MeasuredQueries second = replay(context);
        assertEquals(24, first.queries().size());
        assertEquals(LabFeatures.NAMES, first.featureNames());
        final Set<String> slices = new TreeSet<>();
        for (int q = 0; q < 24; q++) {
            final MeasuredQuery one = first.queries().get(q);
            final MeasuredQuery other = second.queries().get(q);
            slices.add(one.slice());
            assertEquals(one.queryId(), other.queryId());
            assertEquals(one.topTen(), other.topTen(), one.queryId());
            assertEquals(Arrays.toString(one.features()), Arrays.toString(other.features()), one.queryId());
            assertEquals(Arrays.toString(one.ndcg10()), Arrays.toString(other.ndcg10()), one.queryId());
            for (final double micros : one.latencyMicros()) {
                assertTrue(micros > 0, one.queryId() + ": " + micros);
            }
        }
        assertEquals(Set.of("all", "plain"), slices);
        final LabSummary summary = LabSummary.of(first);
        final double skip = arm(summary, "skip").ndcg10();
        assertTrue(arm(summary, "full").ndcg10() > skip, "FULL finds what shares no word: " + summary);
        assertTrue(arm(summary, "full").meanMs() > arm(summary, "skip").meanMs(), "FULL costs: " + summary);
        assertEquals(5, summary.gainByEntropyQuintile().size());
    }

    @Test
    void measuresWhatConfigurationsCostOnTopOfTheFirstStage() throws IOException {
        try (SearchLab lab = SearchLab.open(tiny(), Progress.NONE);
                SearchNode node = lab.newNode()) {
            final List<FrontierPoint> points = new FrontierMeasurement(node, 1)
                    .measure(
                            List.of(ArmConfiguration.SKIP, ArmConfiguration.CHEAP, ArmConfiguration.FULL),
                            lab.corpus().queries(),
                            Progress.NONE);
            assertEquals(
                    List.of(Arm.SKIP, Arm.CHEAP, Arm.FULL),
                    points.stream().map(FrontierPoint::arm).toList());
            assertTrue(points.get(0).p95CostMs() < points.get(1).p95CostMs(), points.toString());
            assertEquals(100, points.get(2).ef());
        }
    }

    @Test
    void halvesQueriesByTheirIdsAndTheSeedAlone() {
        final QuerySplit split = new QuerySplit(5);
        int training = 0;
        int moved = 0;
        for (int q = 0; q < 10_000; q++) {
            training += split.isTraining("q" + q) ? 1 : 0;
            moved += split.isTraining("q" + q) != new QuerySplit(6).isTraining("q" + q) ? 1 : 0;
        }
        assertEquals(5_000, training, 200);
        assertEquals(5_000, moved, 200);
        final List<LabQuery> two = List.of(query("q1"), query("q2"));
        assertEquals(2, split.training(two).size() + split.test(two).size());
    }

    @Test
    void namesASettingThatIsOutOfRange() {
        assertThrows(BadInputException.class, () -> new LabContext().methods(0).conclude());
        assertThrows(BadInputException.class, () -> new LabContext().queries(1).conclude());
        final BadInputException failure = assertThrows(
                BadInputException.class, () -> new LabContext().rounds(1001).conclude());
        assertEquals("--rounds=1001 > 1000", failure.getMessage());
    }

    /** BM25 at k1 = 0.9, b = 0.4 with one field, on data that anyone can get. */
    @Test
    void ranksCranfieldAsWellAsItDidWhenItWasMeasured() {
        final Path cranfield = ROOT.resolve("../shared/data/cranfield");
        assumeTrue(Files.isDirectory(cranfield), "no Cranfield at " + cranfield);
        final LabContext context = new LabContext().corpus(cranfield).cache(ROOT.resolve("ops/target/lab-test-cache"));
        double skip = 0;
        double full = 0;
        try (SearchLab lab = SearchLab.open(context, Progress.NONE);
                SearchNode node = lab.newNode()) {
            assertEquals(1400, lab.corpus().documents().size());
            for (final LabQuery query : lab.corpus().queries()) {
                final FirstStage first = node.firstStage(query.text());
                skip += ndcg(node, first, query, ArmConfiguration.SKIP) / 225;
                full += ndcg(node, first, query, ArmConfiguration.FULL) / 225;
            }
        }
        assertEquals(0.3510, skip, 0.002);
        assertEquals(0.413, full, 0.02); // the encoder's INT8 kernels differ a little between processors
        assertNotEquals(skip, full);
    }

    private static double ndcg(
            final SearchNode node, final FirstStage first, final LabQuery query, final ArmConfiguration arm) {
        final List<String> answer = node.finish(first, arm.arm(), arm.ef(), arm.topk(), arm.rerankDepth())
                .topTen();
        return io.t1.ops.lab.evaluation.Ndcg.atTen(answer, query.judgements());
    }

    private static LabSummary.ArmSummary arm(final LabSummary summary, final String name) {
        final LabSummary.ArmSummary arm = summary.arms().get(name);
        if (arm == null) {
            throw new AssertionError(name + " isn't in " + summary);
        }
        return arm;
    }

    private static LabQuery query(final String id) {
        return new LabQuery(id, id, "all", java.util.Map.of("d", 1));
    }

    private LabContext tiny() throws IOException {
        return new LabContext()
                .corpus(TinyCorpus.write(folder.resolve("corpus")))
                .cache(folder.resolve("cache"))
                .threads(2);
    }

    private static MeasuredQueries replay(final LabContext context) {
        try (SearchLab lab = SearchLab.open(context, Progress.NONE);
                SearchNode node = lab.newNode()) {
            return new LabReplay(node, 2, 10, context.seed())
                    .measure(lab.corpus().queries(), Progress.NONE);
        }
    }
}
