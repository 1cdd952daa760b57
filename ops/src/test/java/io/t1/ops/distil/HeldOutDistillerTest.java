package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldOutDistillerTest {
    private static final DistilSettings SETTINGS = DistilSettings.standard().withEffort(DistilSettings.Effort.QUICK);
    private static final LargeSets SMALL = new LargeSets(1_000, 2_000, 5_000, 1_000);

    @Test
    void learnsFromQueriesThatItIsNotJudgedOnWhateverTheirOrder() {
        final MeasuredQueries queries = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 10_000, 3);
        final DistilResult result = Distiller.distil(queries, SETTINGS, SMALL, Progress.NONE);
        final DistilRun run = result.run();
        assertEquals(10_000, run.queries());
        assertEquals(2_000.0, (double) run.judged(), 150.0, "held out by hash");
        assertEquals(5_000.0, (double) run.taught(), 250.0, "pupils by hash");
        assertEquals(run.judged(), result.report().spending().queries());
        assertTrue(
                result.report().verdict().passed(), () -> "" + result.report().verdict());
        assertEquals(
                Set.of("search", "teacher", "student", "judge"), run.seconds().keySet());

        final List<MeasuredQuery> shuffled = new ArrayList<>(queries.queries());
        Collections.reverse(shuffled);
        final DistilResult again =
                Distiller.distil(new MeasuredQueries(queries.featureNames(), shuffled), SETTINGS, SMALL, Progress.NONE);
        // forests sum what happened in another order, so bytes may differ where rounding is a tie
        assertEquals(
                result.report().noRegret().difference().estimate(),
                again.report().noRegret().difference().estimate(),
                1e-4);
        assertArrayEquals(
                RouterArtifactJson.write(result.artifact()),
                RouterArtifactJson.write(Distiller.distil(queries, SETTINGS, SMALL, Progress.NONE)
                        .artifact()));
    }

    @Test
    void crossFitsWhereQueriesAreFewEnough() {
        final MeasuredQueries queries = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 500, 3);
        final DistilResult result = Distiller.distil(queries, SETTINGS, SMALL, Progress.NONE);
        assertEquals(500, result.run().judged());
        assertEquals(500, result.run().taught());
    }

    @Test
    void dealsEveryQueryOnceAndOtherwiseWithAnotherSeed() {
        final InMemoryQueries queries =
                new InMemoryQueries(SyntheticQueries.of(SyntheticQueries.Signal.NONE, 4_000, 1));
        final HashSplit split = new LargeSets(0, 1_000, 4_000, 100).split(4_000, 7);
        final Set<String> heldOut = ids(queries.heldOut(split));
        final Set<String> pupils = ids(queries.pupils(split));
        assertTrue(Collections.disjoint(heldOut, pupils));
        assertEquals(4_000, heldOut.size() + pupils.size());
        final long inFirstHalf =
                pupils.stream().filter(id -> split.half(split.hash(id)) == 0).count();
        assertEquals(pupils.size() / 2.0, (double) inFirstHalf, 5 * Math.sqrt(pupils.size()) / 2);
        assertNotEquals(heldOut, ids(queries.heldOut(new LargeSets(0, 1_000, 4_000, 100).split(4_000, 8))));
    }

    private static Set<String> ids(final MeasuredQueries queries) {
        return queries.queries().stream().map(MeasuredQuery::queryId).collect(Collectors.toCollection(HashSet::new));
    }
}
