package io.t1.ops.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilEngine;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.LargeSets;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.ObservationWriter;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkEngineTest {
    @TempDir
    private Path folder;

    private static final DistilSettings SETTINGS = DistilSettings.standard().withEffort(DistilSettings.Effort.QUICK);
    private static final LargeSets HELD_OUT = new LargeSets(0, 2_000, 6_000, 1_000);

    @Test
    void learnsTheTableThatTheEmbeddedEngineDoes() {
        final MeasuredQueries queries = KnownLaw.queries(8_000, 3);
        final DistilResult embedded = Distiller.distil(queries, SETTINGS, HELD_OUT, Progress.NONE);
        assertTrue(
                embedded.report().verdict().passed(),
                () -> "something is learnt: " + embedded.report().verdict());
        final DistilResult spark = onSpark("local[2]", queries, SETTINGS);
        assertEquals(embedded.run().queries(), spark.run().queries());
        assertEquals(embedded.run().judged(), spark.run().judged());
        assertEquals(embedded.run().taught(), spark.run().taught());
        final double same = shareWithinAStep(embedded.artifact(), spark.artifact());
        assertTrue(same >= 0.99, () -> "knots within one INT8 step: " + same);

        // the measure tells tables apart: one of other queries isn't this one
        final DistilResult other = Distiller.distil(KnownLaw.queries(8_000, 4), SETTINGS, HELD_OUT, Progress.NONE);
        final double others = shareWithinAStep(embedded.artifact(), other.artifact());
        assertTrue(others < 0.9, () -> "knots of other queries within one INT8 step: " + others);
    }

    @Test
    void writesTheSameBytesOnAnyNumberOfCores() {
        final MeasuredQueries queries = KnownLaw.queries(4_000, 5);
        assertArrayEquals(
                RouterArtifactJson.write(onSpark("local[2]", queries, SETTINGS).artifact()),
                RouterArtifactJson.write(onSpark("local[3]", queries, SETTINGS).artifact()));
    }

    @Test
    void refusesAMasterWithFewerTasksThanWorkers() {
        final DistilEngine.Opener opener = DistilEngine.named("spark").orElseThrow();
        final BadInputException refused = assertThrows(
                BadInputException.class, () -> opener.open(new DistilEngine.Place(Optional.of("local[1]"), 2)));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("--spark-workers=2 > 1 tasks"),
                () -> "" + refused.getMessage());
    }

    @Test
    void refusesAMasterThatIsNone() {
        final BadInputException refused = assertThrows(
                BadInputException.class, () -> SparkEngine.open(new DistilEngine.Place(Optional.of("nowhere"), 2)));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("--spark-master=nowhere: "),
                () -> "" + refused.getMessage());
    }

    private DistilResult onSpark(final String master, final MeasuredQueries queries, final DistilSettings settings) {
        final Path file = folder.resolve("observations.parquet");
        new ObservationWriter(file).write(queries);
        try (DistilEngine engine = SparkEngine.open(new DistilEngine.Place(Optional.of(master), 2))) {
            final DistilEngine.Held held =
                    engine.read(new ObservationReader(queries.featureNames()), List.of(file.toString()), Progress.NONE);
            return Distiller.distil(held.queries(), settings, HELD_OUT, Progress.NONE);
        }
    }

    /** Of all INT8 knots, those that differ by a step at most. */
    private static double shareWithinAStep(final RouterArtifact one, final RouterArtifact other) {
        int knots = 0;
        int within = 0;
        for (int o = 0; o < one.outputs().size(); o++) {
            final byte[][] values = one.outputs().get(o).values();
            for (int f = 0; f < values.length; f++) {
                for (int k = 0; k < values[f].length; k++) {
                    knots++;
                    within += Math.abs(values[f][k] - other.outputs().get(o).values()[f][k]) <= 1 ? 1 : 0;
                }
            }
        }
        return (double) within / knots;
    }
}
