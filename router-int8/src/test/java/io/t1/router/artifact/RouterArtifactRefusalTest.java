package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file is said with its place. Edits are by text, as a person or a broken program makes them. */
class RouterArtifactRefusalTest {
    private static final String VALID =
            new String(RouterArtifactJson.write(RandomTables.artifact(9, 4, 5, 2)), StandardCharsets.UTF_8);

    /** Each row: a pattern in the file, what replaces its first match, the path refused, a word of the reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "t1.router | t2.router | $.format | t1.router",
                "\"format_version\" : 1 | \"format_version\" : 2 | $.format_version | version=2",
                "\"format_version\" : 1 | \"format_version\" : 1.0 | $.format_version | no integer",
                "\"unit\" | \"units\" | $.features[0].units | unknown",
                "\"unit\" : \"nats\", | `` | $.features[0].unit | missing",
                "\"unit\" : \"nats\" | \"unit\" : 7 | $.features[0].unit | isn't a string",
                "\"unit\" : \"nats\" | \"unit\" : \"\\\\u0007\" | $.features[0].unit | control",
                "\"unit\" : \"nats\" | \"unit\" : \"\\\\ud800\" | $.features[0].unit | surrogate",
                "\"name\" : \"entropy\" | \"name\" : \"Entropy\" | $.features[0].name | a-z",
                "\"name\" : \"entropy\" | \"name\" : \"miss_rate\" | $.features[3].name | twice",
                "\"index\" : \"default\" | \"index\" : \"a/b\" | $.key | a/b",
                "\"default_code\" : \\d+ | \"default_code\" : 256 | $.features[0].default_code | 256",
                "\"default_code\" : \\d+ | \"default_code\" : 1.5 | $.features[0].default_code | integer",
                "\"default_code\" : \\d+ | \"default_code\" : 99999999999999999999 | $.features[0].default_code | 99999",
                "\"knots\" : \\[ 0.0 | \"knots\" : [ NaN | $.features[0].knots[0] | NaN",
                "\"knots\" : \\[ 0.0 | \"knots\" : [ -Infinity | $.features[0].knots[0] | JSON",
                "\"knots\" : \\[ 0.0 | \"knots\" : [ 1e39 | $.features[0].knots[0] | float32",
                "\"knots\" : \\[ 0.0 | \"knots\" : [ 4.0 | $.features[0].knots[1] | above",
                "\"knots\" : \\[ 0.0 | \"knots\" : [ 0.0, 0.0 | $.features[0].knots | count=18",
                "\"knots\" : \\[ 0.0, | \"knots\" : [ | $.features[0].knots | count=16",
                "\"knots\" : \\[ 0.0, [^,]* | \"knots\" : [ 0.0, 0.0 | $.features[0].knots[1] | above",
                "\"knots\" : \\[ 0.0, [^,]* | \"knots\" : [ 0.0, 1e-44 | $.features[0].knots[1] | inverse",
                "\"knots\" : \\[ 0.0, [^,]* | \"knots\" : [ -3e38, 1e38 | $.features[0].knots[1] | inverse",
                "\"name\" : \"tau\" | \"name\" : \"score\" | $.outputs[0].name | tau",
                "\"name\" : \"tau\" | \"name\" : \"power\" | $.outputs[0].name | no output",
                "\"bias\" : -?\\d+ | \"bias\" : 16700000 | $.outputs[0].bias | limit",
                "\"bias\" : -?\\d+ | \"bias\" : -16700000 | $.outputs[0].bias | limit",
                "\"scale\" : [^,]* | \"scale\" : 0.0 | $.outputs[0].scale | above 0",
                "\"lo\" : [^,]* | \"lo\" : 1.5 | $.outputs[0].lo | hi=1.0",
                "\"values\" : \\[ \\[ -?\\d+ | \"values\" : [ [ 128 | $.outputs[0].values[0][0] | 128",
                "\"values\" : \\[ \\[ -?\\d+ | \"values\" : [ [ 127 | $.outputs[0].values[0] | tau falls with entropy",
                "\"values\" : \\[ \\[ -?\\d+, | \"values\" : [ [ | $.outputs[0].values[0] | count=16",
                "\"values\" : \\[ \\[ | \"values\" : [ [ ], [ | $.outputs[0].values | count=5",
                "\"grids\" : \\{\\s*\"tau\" : \\[ -?\\d+, | \"grids\" : { \"tau\" : [ | $.pairs[0].grids.tau | count=80",
                "\"grids\" : \\{\\s*\"tau\" | \"grids\" : { \"tao\" | $.pairs[0].grids.tao | unknown",
                "\"features\" : \\[ \\d, \\d \\] | \"features\" : [ 1, 1 ] | $.pairs[0].features | below",
                "\"features\" : \\[ \\d, \\d \\] | \"features\" : [ 1, 4 ] | $.pairs[0].features[1] | 0..3",
                "\"features\" : \\[ \\d, \\d \\] | \"features\" : [ 1 ] | $.pairs[0].features | count=1",
                "\"feature\" : \"entropy\" | \"feature\" : \"enthalpy\" | $.monotone[0].feature | no feature",
                "\"feature\" : \"entropy\" | \"feature\" : \"query_length\" | $.monotone[2] | $.monotone[0]",
                "\"output\" : \"tau\" | \"output\" : \"score\" | $.monotone | tau rises with entropy",
                "\"increasing\" | \"decreasing\" | $.monotone | tau rises with entropy",
                "\"increasing\" | \"upwards\" | $.monotone[0].direction | increasing",
                "\"theta_star\" : [^,]* | \"theta_star\" : 1e999 | $.gate.theta_star | float32",
                "\"delta\" : [^,]* | \"delta\" : -0.1 | $.gate.delta | -0.1",
                "\"cheap\" : [^,]* | \"cheap\" : 1.5 | $.gate.epsilon.cheap | 0..1",
                "\"cheap\" : [^,]* | \"cheap\" : 0.6, \"full\" : 0.6, \"skip\" | $.gate.epsilon.skip | JSON",
                "\"arm\" : \"CHEAP\" | \"arm\" : \"SKIP\" | $.frontier[0].arm | SKIP",
                "\"arm\" : \"CHEAP\" | \"arm\" : \"cheap\" | $.frontier[0].arm | CHEAP",
                "\"topk\" : 80 | \"topk\" : 0 | $.frontier[0].topk | 1..65535",
                "\"ef\" : 104 | \"ef\" : 65536 | $.frontier[0].ef | 65536",
                "\"p95_cost_ms\" : [^\\s]* | \"p95_cost_ms\" : 1000.0 | $.frontier[1].p95_cost_ms | before",
                "\"p95_cost_ms\" : [^\\s]* | \"p95_cost_ms\" : -1.0 | $.frontier[0].p95_cost_ms | < 0",
                "\"seed\" : \\d+ | \"seed\" : \"9\" | $.provenance.seed | integer",
                "\"train_rows\" : \\d+ | \"train_rows\" : -1 | $.provenance.train_rows | -1",
                "\"inputs\" : \\[ \\] | \"inputs\" : [ {\"name\":\"a/b\",\"sha256\":\"\",\"rows\":1} ] | $.provenance.inputs[0].name | folder",
                "\"hard_nl_entropy_cut\" | \"a b\" | `$.provenance.metrics[\"a b\"]` | name",
                "\"codes\" : \\[ 0 | \"codes\" : [ 1 | $.golden[0].accumulators | but the table gives",
                "\"codes\" : \\[ 0 | \"codes\" : [ 256 | $.golden[0].codes[0] | 256",
                "\"codes\" : \\[ 0, | \"codes\" : [ | $.golden[0].codes | count=3",
                "\"sha256\" : \"[0-9a-f] | \"sha256\" : \"X | $.sha256 | hexadecimal",
                "\"hard_nl_entropy_cut\" : 2.5 | \"hard_nl_entropy_cut\" : 2.25 | $.sha256 | changed",
            })
    void namesThePlaceAndTheReason(
            final String pattern, final String replacement, final String path, final String reason) {
        final String mutated = VALID.replaceFirst(pattern, replacement);
        assertNotEquals(VALID, mutated, "the edit missed");
        assertRefused(mutated.getBytes(StandardCharsets.UTF_8), path, reason);
    }

    @Test
    void refusesATableWhoseConfidenceBarRisesWithNaturalLanguage() {
        final RouterArtifact artifact = RandomTables.artifact(9, 4, 4, 0);
        final byte[] knots = artifact.outputs().get(2).values()[2];
        final byte before = knots[7];
        knots[7] = (byte) (knots[6] + 1);
        try {
            final var refused = assertThrows(RefusedArtifactException.class, () -> ArtifactChecks.check(artifact));
            assertEquals("$.outputs[2].values[2]", refused.path());
            assertTrue(
                    String.valueOf(refused.getMessage())
                            .contains("min_conf_gain rises with nl_confidence in segment 6: slope=64 > 0"),
                    refused.getMessage());
        } finally {
            knots[7] = before;
        }
    }

    @Test
    void refusesTextAfterTheDocument() {
        assertRefused((VALID + "{}").getBytes(StandardCharsets.UTF_8), "$", "followed by more");
        assertRefused((VALID + "x").getBytes(StandardCharsets.UTF_8), "$", "JSON");
    }

    @Test
    void refusesAMemberThatComesTwice() {
        final String twice = VALID.replaceFirst("\"region\"", "\"index\"");
        assertRefused(twice.getBytes(StandardCharsets.UTF_8), "$.key.index", "Duplicate");
    }

    @Test
    void refusesWhatIsNoUtf8() {
        final byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        bytes[VALID.indexOf("nats")] = (byte) 0xC0;
        assertRefused(bytes, "$", "UTF-8");
        assertRefused(VALID.getBytes(StandardCharsets.UTF_16BE), "$", "");
    }

    @Test
    void refusesMoreThanAMebibyteUnread() {
        final byte[] padded = Arrays.copyOf(VALID.getBytes(StandardCharsets.UTF_8), RouterArtifactJson.MAX_LENGTH + 1);
        Arrays.fill(padded, VALID.length(), padded.length, (byte) ' ');
        assertRefused(padded, "$", "length=1048577 > 1048576");
        assertEquals(
                5,
                assertDoesNotRefuse(Arrays.copyOf(padded, RouterArtifactJson.MAX_LENGTH))
                        .outputs()
                        .size());
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        assertRefused("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), "$[0]", "nest");
    }

    @Test
    void refusesWhatIsNoObject() {
        for (final String text : new String[] {"", " ", "null", "[]", "1", "\"t1.router\""}) {
            assertRefused(text.getBytes(StandardCharsets.UTF_8), "$", "");
        }
    }

    private static RouterArtifact assertDoesNotRefuse(final byte[] json) {
        try {
            return RouterArtifactJson.read(json);
        } catch (final RefusedArtifactException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(final byte[] json, final String path, final String reason) {
        final var refused = assertThrows(RefusedArtifactException.class, () -> RouterArtifactJson.read(json));
        final String message = String.valueOf(refused.getMessage());
        assertTrue(
                path.equals("$[0]") ? message.startsWith("$") : refused.path().equals(path), path + " but: " + message);
        assertTrue(message.contains(reason), reason + " but: " + message);
    }
}
