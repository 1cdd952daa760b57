package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterArtifactJsonTest {
    private static final String VALID =
            new String(RouterArtifactJson.write(RandomTables.artifact(9, 4, 5, 2)), StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({"1, 1, 4, 0", "2, 4, 4, 0", "3, 8, 5, 2", "4, 16, 5, 8", "5, 16, 4, 4"})
    void whatIsWrittenReadsBackToTheSameBytes(final long seed, final int features, final int outputs, final int pairs)
            throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        final byte[] written = RouterArtifactJson.write(artifact);
        final RouterArtifact read = RouterArtifactJson.read(written);
        assertArrayEquals(written, RouterArtifactJson.write(read), "seed=" + seed);
        assertArrayEquals(RouterArtifactJson.sha256(artifact), RouterArtifactJson.sha256(read), "seed=" + seed);
        assertEquals(artifact.featureNames(), read.featureNames());
        assertEquals(artifact.frontier(), read.frontier());
        assertEquals(artifact.provenance(), read.provenance());
    }

    @Test
    void theChecksumIsTheHashOfTheFileWithoutItsLastMember() throws Exception {
        // as anyone could check it without this library
        final int at = VALID.indexOf(",\n  \"sha256\"");
        final byte[] covered = (VALID.substring(0, at) + "\n}\n").getBytes(StandardCharsets.UTF_8);
        final String hash = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(covered));
        assertTrue(VALID.endsWith("\"sha256\" : \"" + hash + "\"\n}\n"), hash);
    }

    @Test
    void whiteSpaceAndTheOrderOfMembersAreFree() throws Exception {
        final String compact = VALID.replaceAll("\\s*\n\\s*", "");
        final String reordered =
                compact.replace("\"format\" : \"t1.router\",", "").replaceFirst("}$", ",\"format\":\"t1.router\"}");
        assertFalse(reordered.startsWith("{\"format\""));
        assertArrayEquals(
                VALID.getBytes(StandardCharsets.UTF_8),
                RouterArtifactJson.write(RouterArtifactJson.read(reordered.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anyChangedNumberIsNoticed() {
        // another first digit in numbers all over the file: what no other check refuses, the checksum does
        final Matcher number = Pattern.compile("(?<=[ -])[0-9](?=[0-9.,\n ])").matcher(VALID);
        int changed = 0;
        for (int at = VALID.indexOf("\"key\""); number.find(at); at = number.end() + 29) {
            final char other =
                    number.group().equals("9") ? '1' : (char) (number.group().charAt(0) + 1);
            final String mutated = VALID.substring(0, number.start()) + other + VALID.substring(number.end());
            assertThrows(RefusedArtifactException.class, () -> read(mutated), "at " + number.start() + ": " + other);
            changed++;
        }
        assertTrue(changed > 20, "changed=" + changed);
    }

    @Test
    void aCutFileIsRefusedAtEveryLength() {
        final byte[] whole = VALID.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length - 1; length += length < 64 ? 1 : 97) {
            final byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(RefusedArtifactException.class, () -> RouterArtifactJson.read(cut), "length=" + length);
        }
    }

    @Test
    void minusZeroIsWrittenAsZeroAndKeepsTheChecksum() throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(9, 1, 4, 0);
        final GateSpec gate = new GateSpec(-0.0f, 0, 0, new float[3]);
        final RouterArtifact minusZero = new RouterArtifact(
                artifact.key(),
                artifact.features(),
                artifact.outputs(),
                artifact.pairs(),
                artifact.monotone(),
                gate,
                artifact.frontier(),
                artifact.baseline(),
                new Provenance("t", 1, 2, 3, List.of(), Map.of("m", -0.0)),
                artifact.golden());
        final byte[] written = RouterArtifactJson.write(minusZero);
        assertFalse(new String(written, StandardCharsets.UTF_8).contains("-0.0"));
        assertArrayEquals(written, RouterArtifactJson.write(RouterArtifactJson.read(written)));
    }

    @Test
    void writingRefusesWhatReadingWould() {
        final RouterArtifact artifact = RandomTables.artifact(9, 4, 4, 0);
        final RouterArtifact wrong =
                artifact.withGolden(List.of(new GoldenVector(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 4})));
        final var refused = assertThrows(IllegalArgumentException.class, () -> RouterArtifactJson.write(wrong));
        assertTrue(String.valueOf(refused.getMessage()).contains("$.golden[0].accumulators"), refused.getMessage());
    }

    private static RouterArtifact read(final String json) throws RefusedArtifactException {
        return RouterArtifactJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
