package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitDistillerTest {
    private static final List<String> NAMES = List.of("query_length", "nqc", "wig");

    /** In one slice gains rise with a feature and in the other they fall: no sum of curves can say that. */
    @Test
    void tablesOfTheirOwnShipWhereSlicesContradictEachOtherAndKeepOneBudget() {
        final MeasuredQueries queries = queries(2_600, true);
        final SplitResult split =
                SplitDistiller.distil(queries, QuerySlices.of(QuerySlices.SLICE, queries), settings(), Progress.NONE);
        final SplitReport report = split.split();
        assertTrue(report.pays(), report.toString());
        assertNotNull(report.gain());
        assertTrue(report.gain().lowerBound() > 0.01, report.toString());
        assertEquals(
                List.of("a", "b", "few"),
                report.slices().stream().map(SplitReport.Slice::name).toList());
        assertEquals(2, split.slices().size());
        assertEquals("queries=100 < 1000", report.slices().get(2).reason());
        assertNotNull(report.spending());
        assertTrue(
                report.spending().costShare() <= 0.5 * 1.05, report.spending().toString());
        final List<TableKey> keys =
                split.slices().stream().map(RouterArtifact::key).toList();
        for (final TableKey key : keys) {
            assertTrue(key.toString().matches("default\\.slice-[ab]/global/any"), key.toString());
        }
        // all tables together, as nodes would ask them
        final MeasuredArms measured = MeasuredArms.of(queries);
        double cost = 0;
        for (int q = 0; q < measured.size(); q++) {
            final String slice = queries.queries().get(q).slice();
            final RouterArtifact table = split.slices().stream()
                    .filter(own -> own.key().index().endsWith("slice-" + slice))
                    .findFirst()
                    .orElse(split.whole().artifact());
            cost += measured.costMs(arm(table, queries.queries().get(q)), q);
        }
        final double share = cost / measured.size() / measured.meanCostMs(2);
        assertEquals(report.spending().costShare(), share, 0.04);
        for (final RouterArtifact table : split.slices()) {
            assertTrue(table.provenance().trainRows() >= 1_000);
            assertEquals(
                    split.whole().artifact().gate().thetaStar()
                            + split.whole().artifact().gate().tauMean(),
                    table.gate().thetaStar() + table.gate().tauMean(),
                    1e-5f,
                    "one bar on score + tau");
        }
        final SplitResult again =
                SplitDistiller.distil(queries, QuerySlices.of(QuerySlices.SLICE, queries), settings(), Progress.NONE);
        for (int i = 0; i < split.slices().size(); i++) {
            assertArrayEquals(
                    RouterArtifactJson.write(split.slices().get(i)),
                    RouterArtifactJson.write(again.slices().get(i)));
        }
    }

    @Test
    void oneTableStaysWhereSlicesAgree() {
        final MeasuredQueries queries = queries(3_000, false);
        final SplitResult split =
                SplitDistiller.distil(queries, QuerySlices.of(QuerySlices.LENGTH, queries), settings(), Progress.NONE);
        assertFalse(split.split().pays(), split.split().toString());
        assertEquals(List.of(), split.slices());
        assertNotNull(split.split().gain(), "it was tried");
        final DistilResult alone = Distiller.distil(queries, settings(), Progress.NONE);
        assertArrayEquals(
                RouterArtifactJson.write(alone.artifact()),
                RouterArtifactJson.write(split.whole().artifact()));
        assertEquals("1-5", split.split().slices().getFirst().name());
        assertEquals(
                "default.len-1-5/global/any",
                split.split().slices().getFirst().key().toString());
    }

    private static int arm(final RouterArtifact table, final MeasuredQuery query) {
        final GateSpec gate = table.gate();
        final TableOutputs said = TableOutputs.of(table, NAMES, new float[][] {query.features()});
        return new ArmAdmission(table, gate.tauMean())
                .admit(said)
                .armsUnder(new Thresholds(gate.thetaStar(), gate.thetaStar() - gate.delta()))[0];
    }

    private static DistilSettings settings() {
        return DistilSettings.standard().withBudget(new Budget.MeanShare(0.5)).withEffort(DistilSettings.Effort.QUICK);
    }

    private static MeasuredQueries queries(final int count, final boolean contradicting) {
        final SplittableRandom random = new SplittableRandom(17);
        final List<MeasuredQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean few = i < 100;
            final boolean a = !few && i % 2 == 0;
            final float nqc = (float) random.nextDouble();
            final double chance = contradicting && !a ? 1 - nqc : nqc;
            final double gain = random.nextDouble() < chance ? 0.2 + 0.3 * random.nextDouble() : 0;
            final double skip = 0.4 * random.nextDouble();
            queries.add(new MeasuredQuery(
                    "q" + i,
                    few ? "few" : a ? "a" : "b",
                    new float[] {1 + random.nextInt(12), nqc, (float) random.nextGaussian()},
                    new double[] {skip, skip + gain / 3, skip + gain},
                    new double[] {200, 1_200 + 100 * random.nextDouble(), 3_000 + 200 * random.nextDouble()},
                    List.of(List.of(), List.of(), List.of())));
        }
        return new MeasuredQueries(NAMES, queries);
    }
}
