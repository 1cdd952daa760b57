package io.t1.ops.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.router.Quantiser;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCountsTest {
    private static final RouterArtifact TABLE = RandomTables.artifact(5, 3, 4, 0);

    /** A value's cell is where the table's own quantiser puts it: the codes' upper four bits. */
    @Test
    void countsWhereTheQuantiserPutsThem() {
        final float[][] rows = RandomTables.features(6, TABLE, 40_000);
        final List<List<Long>> ofRows = SegmentCounts.of(TABLE.features(), rows);
        final Quantiser quantiser = Quantiser.of(TABLE.features());
        for (int f = 0; f < 3; f++) {
            final double[] values = new double[rows.length];
            final long[] expected = new long[17];
            for (int q = 0; q < rows.length; q++) {
                values[q] = rows[q][f];
                final byte[] codes = new byte[3];
                quantiser.quantise(rows[q], codes);
                expected[Float.isNaN(rows[q][f]) ? 16 : (codes[f] & 0xFF) >> 4]++;
            }
            final List<Long> counted = SegmentCounts.of(TABLE.features().get(f).knots(), values);
            assertEquals(counted, ofRows.get(f), "feature " + f);
            for (int c = 0; c < 17; c++) {
                assertEquals(expected[c], counted.get(c), "feature " + f + ", cell " + c);
            }
        }
    }
}
