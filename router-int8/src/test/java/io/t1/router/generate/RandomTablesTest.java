package io.t1.router.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.ArtifactChecks;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomTablesTest {
    @Test
    void everyShapeIsAValidTable() throws Exception {
        for (int features = 1; features <= 16; features++) {
            for (int outputs = 4; outputs <= 5; outputs++) {
                final int pairs = Math.min(8, features * (features - 1) / 2);
                ArtifactChecks.check(RandomTables.artifact(features, features, outputs, 0));
                ArtifactChecks.check(RandomTables.artifact(features, features, outputs, pairs));
            }
        }
    }

    @Test
    void aSeedGivesOneTable() {
        final byte[] first = RouterArtifactJson.write(RandomTables.artifact(5, 6, 5, 2));
        assertArrayEquals(first, RouterArtifactJson.write(RandomTables.artifact(5, 6, 5, 2)));
        assertFalse(Arrays.equals(first, RouterArtifactJson.write(RandomTables.artifact(6, 6, 5, 2))));
    }

    @Test
    void refusesAShapeThatNoTableHas() {
        assertThrows(IllegalArgumentException.class, () -> RandomTables.artifact(1, 17, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomTables.artifact(1, 4, 6, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomTables.artifact(1, 2, 4, 2));
    }

    @Test
    void rowsMeetEdgesButLieInsideTheKnotsForTheMostPart() {
        final RouterArtifact artifact = RandomTables.artifact(5, 4, 4, 0);
        final float[][] rows = RandomTables.features(1, artifact, 1000);
        assertArrayEquals(rows, RandomTables.features(1, artifact, 1000));
        int nan = 0;
        int infinite = 0;
        int inside = 0;
        for (final float[] row : rows) {
            for (int f = 0; f < 4; f++) {
                final float[] knots = artifact.features().get(f).knots();
                nan += Float.isNaN(row[f]) ? 1 : 0;
                infinite += Float.isInfinite(row[f]) ? 1 : 0;
                inside += row[f] > knots[0] && row[f] < knots[16] ? 1 : 0;
            }
        }
        assertTrue(nan > 10, "nan=" + nan);
        assertTrue(infinite > 20, "infinite=" + infinite);
        assertTrue(inside > 2800, "inside=" + inside);
        assertEquals(1000, rows.length);
    }
}
