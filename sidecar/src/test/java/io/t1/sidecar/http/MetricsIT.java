package io.t1.sidecar.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_35_0.Metrics;
import io.t1.codec.TableKey;
import io.t1.codec.wire.ErrorCode;
import io.t1.gating.DecisionBatch;
import io.t1.gating.RandomBatches;
import io.t1.sidecar.journal.JournalCounters;
import io.t1.sidecar.stats.LoopStats;
import io.t1.sidecar.stats.Phase;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.ReloadEvent;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.stats.StatsSources;
import io.t1.sidecar.stats.TableRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsIT {
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{[^}]*\\})?) (-?[0-9.eE+-]+|NaN|\\+Inf)(?: [0-9.]+)?");
    private static final int PASSAGES = 20_000;

    private final ServerStats stats = new ServerStats(new ServerStats.Context());
    private final Histogram recorded = new Histogram(1, LoopStats.HIGHEST_NANOS, 3);
    private final long[] nanos = new long[PASSAGES];
    private StatsHttpServer server;

    @BeforeEach
    void start() throws IOException {
        final LoopStats loop = stats.newLoop();
        final Random random = new Random(11);
        for (int i = 0; i < PASSAGES; i++) {
            nanos[i] = switch (i % 100) {
                case 0 -> 0;
                case 1 -> 1_000; // on a bound
                case 2 -> random.nextLong(2_000_000_000L, 60_000_000_000L);
                default -> (long) Math.exp(random.nextGaussian(9, 2));
            };
            loop.record(Phase.WHOLE, nanos[i]);
            recorded.recordValue(nanos[i]);
        }
        for (int n = 0; n < 3; n++) {
            loop.error(ErrorCode.STALE_FEATURES);
        }
        final DecisionBatch batch = RandomBatches.batch(random, 100);
        loop.decided(batch);
        loop.bytes(10, 20);
        stats.describe("lookup", "epoll");
        stats.reloaded(ReloadEvent.refused(1, "wire", null, "no", 1));
        stats.sources(new StatsSources(
                () -> List.of(
                        row(new TableKey("docs", "eu", "de"), 7, EnumSet.of(TableRow.Role.ACTIVE)),
                        row(new TableKey("docs", "eu", "de"), 6, EnumSet.of(TableRow.Role.PREVIOUS))),
                () -> 4_096,
                Readiness.Ready::new,
                () -> new JournalCounters(JournalCounters.State.OPEN, "", 50, 40, 9, 1_000)));
        server = StatsHttpServer.start(0, stats);
    }

    @AfterEach
    void stop() {
        server.close();
        stats.close();
    }

    @Test
    void classicBucketsCountEveryPassageUpToTheirBound() throws IOException {
        final var answer = RawHttp.get(server.port(), "/metrics");
        assertTrue(answer.header("content-type").startsWith("text/plain"), answer.header("content-type"));
        final Map<String, Double> samples = samples(answer.text());
        for (final double bound : LatencyBuckets.CLASSIC_UPPER_SECONDS) {
            final String le = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
            final long expected = Arrays.stream(nanos)
                    .filter(value -> recorded.lowestEquivalentValue(value) / 1e9 <= bound)
                    .count();
            assertSample(expected, samples, "t1_service_time_seconds_bucket{phase=\"whole\",le=\"" + le + "\"}");
        }
        assertSample(PASSAGES, samples, "t1_service_time_seconds_count{phase=\"whole\"}");
        assertSample(0, samples, "t1_service_time_seconds_count{phase=\"gate\"}");
        final double sum = Arrays.stream(nanos).sum() / 1e9;
        assertEquals(
                sum, Objects.requireNonNull(samples.get("t1_service_time_seconds_sum{phase=\"whole\"}")), sum * 1e-3);
    }

    @Test
    void nativeBucketsHoldEveryPassageBetweenTheirBounds() throws IOException {
        final var histogram = family(PROTOBUF, "t1_service_time_seconds").getMetricList().stream()
                .filter(metric -> metric.getLabel(0).getValue().equals("whole"))
                .findFirst()
                .orElseThrow()
                .getHistogram();
        assertEquals(PASSAGES, histogram.getSampleCount());
        assertEquals(LatencyBuckets.NATIVE_SCHEMA, histogram.getSchema());
        assertEquals(PASSAGES / 100, histogram.getZeroCount());

        long total = histogram.getZeroCount();
        long count = 0;
        int delta = 0;
        int index = 0;
        for (final var span : histogram.getPositiveSpanList()) {
            index += span.getOffset();
            for (int i = 0; i < span.getLength(); i++) {
                count += histogram.getPositiveDelta(delta++);
                assertEquals(between(nativeUpper(index - 1), nativeUpper(index)), count, "native bucket " + index);
                total += count;
                index++;
            }
        }
        assertEquals(histogram.getPositiveDeltaCount(), delta);
        assertEquals(PASSAGES, total);

        final var classic = histogram.getBucketList();
        assertEquals(LatencyBuckets.CLASSIC_UPPER_SECONDS.length, classic.size());
        assertEquals(PASSAGES, classic.getLast().getCumulativeCount());
    }

    @Test
    void openMetricsIsCompleteAndNamesItsUnits() throws IOException {
        final var answer = RawHttp.get(server.port(), "/metrics", "Accept: " + OPEN_METRICS);
        assertTrue(answer.header("content-type").startsWith("application/openmetrics-text"));
        final String text = answer.text();
        assertTrue(text.endsWith("# EOF\n"));
        assertTrue(text.contains("# UNIT t1_service_time_seconds seconds\n"), text);
        assertTrue(text.contains("# TYPE t1_decisions counter\n"), text);
        final Map<String, Double> samples = samples(text);
        assertSample(PASSAGES, samples, "t1_service_time_seconds_count{phase=\"whole\"}");
        assertSample(4_096, samples, "t1_table_offheap_bytes");
    }

    @Test
    void everyFormatHasTheCountersOfTheServer() throws IOException {
        for (final String accept : List.of("text/plain", OPEN_METRICS)) {
            final Map<String, Double> samples = samples(
                    RawHttp.get(server.port(), "/metrics", "Accept: " + accept).text());
            final var decisions = stats.snapshot().decisions();
            assertSample(decisions.skip(), samples, "t1_decisions_total{arm=\"skip\"}");
            assertSample(decisions.cheap(), samples, "t1_decisions_total{arm=\"cheap\"}");
            assertSample(decisions.full(), samples, "t1_decisions_total{arm=\"full\"}");
            assertSample(3, samples, "t1_errors_total{code=\"stale_features\"}");
            assertSample(0, samples, "t1_errors_total{code=\"internal\"}");
            assertSample(0, samples, "t1_reloads_total{result=\"accepted\"}");
            assertSample(1, samples, "t1_reloads_total{result=\"refused\"}");
            assertSample(9, samples, "t1_journal_dropped_total");
            assertSample(20, samples, "t1_sent_bytes_total");
            assertSample(0, samples, "t1_connections");
            assertSample(1, samples, "t1_ready");
            assertSample(7, samples, "t1_table_version{index=\"docs\",language=\"de\",region=\"eu\"}");
        }
        assertEquals(1, family(PROTOBUF, "t1_table_version").getMetricCount(), "only the active one");
        assertFalse(family(PROTOBUF, "t1_decisions_total").getMetricList().isEmpty());
    }

    @Test
    void nativeIndexesAgreeWithTheirBounds() {
        final Random random = new Random(12);
        for (int i = 0; i < 100_000; i++) {
            final double seconds = i < 40 ? Math.scalb(1.0, i - 30) : random.nextLong(1, 60_000_000_000L) / 1e9;
            final int index = LatencyBuckets.nativeIndex(seconds);
            assertTrue(
                    nativeUpper(index - 1) < seconds && seconds <= nativeUpper(index),
                    seconds + " s isn't in native bucket " + index);
        }
    }

    private long between(final double above, final double upTo) {
        return Arrays.stream(nanos)
                .mapToDouble(value -> recorded.lowestEquivalentValue(value) / 1e9)
                .filter(seconds -> above < seconds && seconds <= upTo)
                .count();
    }

    /** From Prometheus' definition, not from the class under test; exact where it must be, at powers of two. */
    private static double nativeUpper(final int index) {
        return Math.pow(2, index / 8.0);
    }

    private Metrics.MetricFamily family(final String accept, final String name) throws IOException {
        final var answer = RawHttp.get(server.port(), "/metrics", "Accept: " + accept);
        assertTrue(answer.header("content-type").contains("protobuf"), answer.header("content-type"));
        final ByteArrayInputStream in = new ByteArrayInputStream(answer.body());
        final Map<String, Metrics.MetricFamily> families = new HashMap<>();
        while (in.available() > 0) {
            final var family = Metrics.MetricFamily.parseDelimitedFrom(in);
            families.put(family.getName(), family);
        }
        final var family = families.get(name);
        if (family == null) {
            throw new AssertionError(name + " isn't among " + families.keySet());
        }
        return family;
    }

    private static Map<String, Double> samples(final String text) {
        final Map<String, Double> samples = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            final Matcher sample = SAMPLE.matcher(line);
            assertTrue(sample.matches(), "not a sample: " + line);
            samples.put(
                    sample.group(1),
                    sample.group(2).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(2)));
        });
        return samples;
    }

    private static void assertSample(final long expected, final Map<String, Double> samples, final String name) {
        final Double value = samples.get(name);
        if (value == null) {
            throw new AssertionError(name + " isn't among " + samples.keySet());
        }
        assertEquals(expected, value.longValue(), name);
    }

    private static TableRow row(final TableKey key, final long version, final EnumSet<TableRow.Role> roles) {
        return new TableRow(key, version, roles, 0, "00", 2_048);
    }
}
