package io.t1.ops.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.router.Quantiser;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import org.junit.jupiter.api.Test;

class CodeMiddleTest {
    @Test
    void theTableGivesAMiddleItsCodeAgain() {
        for (long seed = 1; seed <= 20; seed++) {
            final RouterArtifact table = RandomTables.artifact(seed, 1, 4, 0);
            final Quantiser quantiser = Quantiser.of(table.features());
            final byte[] codes = new byte[1];
            for (int code = 0; code < 256; code++) {
                final float middle = CodeMiddle.of(table.features().getFirst().knots(), code);
                quantiser.quantise(new float[] {middle}, codes);
                assertEquals(code, codes[0] & 0xFF, "seed=" + seed + ", value=" + middle);
            }
        }
    }
}
