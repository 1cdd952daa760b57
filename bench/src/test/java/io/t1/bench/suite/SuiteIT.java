package io.t1.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.rows.Rows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The suite as {@code t1 bench} runs it: a row in a JVM of its own, a sidecar in another, a C program beside. */
class SuiteIT {
    private static final Path HOME = Path.of(System.getProperty("t1.project.root"));

    @Test
    void aRowIsMeasuredBesideItsReferenceAndPrintedWithTheEightFieldsPromised() throws Exception {
        assumeTrue(Programs.isThere("cc"), "no C compiler here");
        final StringWriter progress = new StringWriter();
        final List<BenchResult> results =
                new Suite(Effort.SMOKE, HOME, new PrintWriter(progress, true)).run(List.of(Rows.named("uds-blocking")));
        assertEquals(
                List.of("uds-blocking-p50", "uds-blocking-p99"),
                results.stream().map(BenchResult::name).toList(),
                progress::toString);
        final JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        for (final BenchResult result : results) {
            final JsonNode line = json.valueToTree(result.line());
            final List<String> fields = new ArrayList<>();
            line.fieldNames().forEachRemaining(fields::add);
            assertEquals(
                    List.of("name", "value", "unit", "reference", "reference_value", "ratio", "reach", "met"), fields);
            assertTrue(line.get("value").asDouble() > 1, "value=" + line.get("value") + " us");
            assertTrue(line.get("reference_value").asDouble() > 1, "reference_value=" + line.get("reference_value"));
            // the median of the pairs' ratios, which isn't the ratio of the medians
            final double ratio = line.get("ratio").asDouble();
            final double reach = result.name().endsWith("p50") ? 1.15 : 1.3;
            assertTrue(ratio > 0, "ratio=" + ratio);
            assertEquals(ratio <= reach, line.get("met").asBoolean(), "ratio=" + ratio + ", reach=" + reach);
        }
    }

    @Test
    void aRowThatFailsSaysWhyAndTheNextStillRuns() throws Exception {
        final StringWriter progress = new StringWriter();
        final BenchRow broken = new BenchRow() {
            @Override
            public String name() {
                return "no-such-row";
            }

            @Override
            public String title() {
                return "a row that its JVM doesn't know";
            }

            @Override
            public List<BenchResult> measure(final BenchRun run) {
                throw new AssertionError("measured in the wrong JVM");
            }
        };
        final List<BenchResult> results =
                new Suite(Effort.SMOKE, HOME, new PrintWriter(progress, true)).run(List.of(broken));
        assertEquals(1, results.size());
        assertTrue(
                results.getFirst().reference().startsWith("failed: "),
                results.getFirst().reference());
        assertNotNull(results.getFirst().met());
        assertTrue(progress.toString().contains("no row no-such-row"), progress::toString);
    }

    @Test
    void everyReferenceInCIsBuiltWithoutAWarningAndRuns() throws Exception {
        assumeTrue(Programs.isThere("cc"), "no C compiler here");
        final NativePrograms natives = NativePrograms.ofHome(HOME);
        for (final String name : List.of("pingpong_unix", "pingpong_shm")) {
            final JsonNode printed = natives.run(name, "--measure-ms", "30", "--warmup-ms", "5");
            assertTrue(printed.get("count").asLong() > 0, name + " counted nothing");
            assertTrue(printed.get("p50_ns").asLong() <= printed.get("p99_ns").asLong(), name + " " + printed);
        }
    }
}
