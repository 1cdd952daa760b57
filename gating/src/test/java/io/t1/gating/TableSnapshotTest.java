package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.KernelKind;
import io.t1.router.RouterTable;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.GoldenVector;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableSnapshotTest {
    private final RouterArtifact artifact = new RandomArtifacts(95).plain();

    @Test
    void holdsAllThatOneVersionDecidesByAndFreesItOnce() {
        final long before = RouterTable.openBytes();
        final var snapshot = new TableSnapshot(artifact, 12, KernelKind.SCALAR);
        assertEquals(12, snapshot.version());
        assertEquals(artifact.key(), snapshot.key());
        assertEquals(4, snapshot.features());
        assertEquals(5, snapshot.table().outputs());
        assertEquals("scalar", snapshot.kernel().name());
        assertFalse(snapshot.isBuiltInBaseline());
        assertArrayEquals(RouterArtifactJson.sha256(artifact), snapshot.sha256());
        assertTrue(snapshot.offHeapBytes() > 0);
        assertEquals(before + snapshot.offHeapBytes(), RouterTable.openBytes());
        snapshot.close();
        snapshot.close();
        assertEquals(before, RouterTable.openBytes());
    }

    @Test
    void isTheSameTableInMemoryOfItsOwnByAnotherKernel() {
        final long before = RouterTable.openBytes();
        final TableSnapshot baseline =
                TableSnapshot.publishedBaseline(artifact, RouterArtifactJson.sha256(artifact), 12, KernelKind.SCALAR);
        final TableSnapshot other = baseline.withKernel(KernelKind.LOOKUP);
        try (other) {
            baseline.close();
            assertEquals("lookup", other.kernel().name());
            assertEquals(12, other.version());
            assertEquals(baseline.standingFlags(), other.standingFlags());
            assertEquals(baseline.featureSetId(), other.featureSetId());
            assertEquals(baseline.quantiserId(), other.quantiserId());
            assertArrayEquals(baseline.sha256(), other.sha256());
            assertEquals(before + other.offHeapBytes(), RouterTable.openBytes());
            for (final GoldenVector golden : artifact.golden()) {
                final byte[] codes = new byte[golden.codes().length];
                for (int f = 0; f < codes.length; f++) {
                    codes[f] = (byte) golden.codes()[f];
                }
                final int[] accumulators = new int[golden.accumulators().length];
                other.kernel().accumulate(codes, accumulators, 1, 1);
                assertArrayEquals(golden.accumulators(), accumulators);
            }
        }
        assertEquals(before, RouterTable.openBytes());
        try (var builtIn = TableSnapshot.builtInBaseline(artifact)) {
            assertSame(builtIn, builtIn.withKernel(KernelKind.LOOKUP));
        }
    }

    @Test
    void aClientOfTheTableNeedsNoNewHelloForTheBuiltInBaseline() {
        final long before = RouterTable.openBytes();
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR);
                var baseline = TableSnapshot.builtInBaseline(artifact)) {
            assertEquals(snapshot.featureSetId(), baseline.featureSetId());
            assertEquals(snapshot.quantiserId(), baseline.quantiserId());
            assertEquals(0, baseline.version());
            assertTrue(baseline.isBuiltInBaseline());
            assertEquals(0, baseline.offHeapBytes());
            assertArrayEquals(new byte[32], baseline.sha256());
            assertThrows(IllegalStateException.class, baseline::table);
            assertThrows(IllegalStateException.class, baseline::kernel);
        }
        assertEquals(before, RouterTable.openBytes());
    }

    @Test
    void tellsAnotherOrderOfFeaturesFromThisOne() {
        final List<FeatureSpec> swapped = new ArrayList<>(artifact.features());
        swapped.add(swapped.removeFirst());
        final long id = TableSnapshot.builtInBaseline(artifact).featureSetId();
        assertNotEquals(id, baselineOf(swapped).featureSetId());
        assertNotEquals(id, baselineOf(swapped.subList(0, 3)).featureSetId());
        assertEquals(id, baselineOf(new ArrayList<>(artifact.features())).featureSetId());
    }

    @Test
    void tellsAnotherQuantiserFromThisOneThoughFeaturesBearTheSameNames() {
        final FeatureSpec spec = artifact.features().get(2);
        final float[] moved = spec.knots().clone();
        moved[16] = Math.nextUp(moved[16]);
        final var original = TableSnapshot.builtInBaseline(artifact);
        for (final FeatureSpec changed : List.of(
                new FeatureSpec(spec.name(), spec.unit(), spec.defaultCode(), moved),
                new FeatureSpec(spec.name(), spec.unit(), spec.defaultCode() ^ 1, spec.knots()))) {
            final List<FeatureSpec> features = new ArrayList<>(artifact.features());
            features.set(2, changed);
            assertEquals(original.featureSetId(), baselineOf(features).featureSetId());
            assertNotEquals(original.quantiserId(), baselineOf(features).quantiserId());
        }
    }

    private TableSnapshot baselineOf(final List<FeatureSpec> features) {
        return TableSnapshot.builtInBaseline(RandomArtifacts.withFeatures(artifact, features));
    }
}
