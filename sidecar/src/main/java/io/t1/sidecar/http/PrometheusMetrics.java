package io.t1.sidecar.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.stats.StatsSnapshot;
import io.t1.sidecar.stats.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server's figures as Prometheus metrics, made when they are scraped.
 *
 * <p>Latencies are service times, not corrected for coordinated omission. Threading: any.
 */
final class PrometheusMetrics {
    private final ServerStats stats;

    PrometheusMetrics(final ServerStats stats) {
        this.stats = stats;
    }

    MetricSnapshots collect() {
        final StatsSnapshot now = stats.snapshot();
        final List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(latencies());
        metrics.add(decisions(now.decisions()));
        metrics.add(decisionFlags(now.decisions()));
        metrics.add(counter("t1_batches", "Batches decided.", now.decisions().batches()));
        metrics.add(errors(now));
        metrics.add(reloads(now.reloads()));
        traffic(now.traffic(), metrics);
        metrics.add(tableVersions(now.tables()));
        metrics.add(gauge("t1_table_offheap_bytes", "Off-heap memory of all tables laid out.", Unit.BYTES, (double)
                now.tableOffheapBytes()));
        metrics.add(counter(
                "t1_journal_offered",
                "Observations offered to the journal.",
                now.journal().offered()));
        metrics.add(counter(
                "t1_journal_written",
                "Observations in the journal.",
                now.journal().written()));
        metrics.add(counter(
                "t1_journal_dropped",
                "Observations lost: the journal couldn't keep up.",
                now.journal().dropped()));
        metrics.add(bytesCounter(
                "t1_journal_written_bytes",
                "Bytes in the journal.",
                now.journal().bytes()));
        metrics.add(gauge(
                "t1_ready",
                "1 when the server decides by a good table.",
                null,
                now.readiness() instanceof Readiness.Ready ? 1 : 0));
        metrics.add(gauge(
                "t1_start_time_seconds",
                "Unix time of the process's start.",
                Unit.SECONDS,
                now.server().startedAtMillis() / 1e3));
        metrics.add(server(now.server()));
        return new MetricSnapshots(metrics);
    }

    private HistogramSnapshot latencies() {
        final List<HistogramSnapshot.HistogramDataPointSnapshot> phases = new ArrayList<>();
        stats.readCumulative((phase, histogram) -> phases.add(
                LatencyBuckets.dataPoint(histogram, Labels.of("phase", phase.label()), stats.startedAtMillis())));
        return new HistogramSnapshot(
                new MetricMetadata(
                        "t1_service_time_seconds",
                        "Time a request takes in the server, by phase; without any wait before it. The whole of each"
                                + " request; its parts of one in 64, unless --record says otherwise.",
                        Unit.SECONDS),
                phases);
    }

    private static CounterSnapshot decisions(final StatsSnapshot.Decisions decisions) {
        return CounterSnapshot.builder()
                .name("t1_decisions")
                .help("Decisions by arm.")
                .dataPoint(point("arm", "skip", decisions.skip()))
                .dataPoint(point("arm", "cheap", decisions.cheap()))
                .dataPoint(point("arm", "full", decisions.full()))
                .build();
    }

    private static CounterSnapshot decisionFlags(final StatsSnapshot.Decisions decisions) {
        return CounterSnapshot.builder()
                .name("t1_flagged_decisions")
                .help("Decisions that carry a flag; one may carry several.")
                .dataPoint(point("flag", "explored", decisions.explored()))
                .dataPoint(point("flag", "capped", decisions.capped()))
                .dataPoint(point("flag", "low_gain", decisions.lowGain()))
                .dataPoint(point("flag", "degraded", decisions.degraded()))
                .dataPoint(point("flag", "overloaded", decisions.overloaded()))
                .build();
    }

    private static CounterSnapshot errors(final StatsSnapshot now) {
        final var errors = CounterSnapshot.builder().name("t1_errors").help("Errors answered, by code.");
        now.errors()
                .forEach((code, count) ->
                        errors.dataPoint(point("code", code.name().toLowerCase(Locale.ROOT), count)));
        return errors.build();
    }

    private static CounterSnapshot reloads(final StatsSnapshot.Reloads reloads) {
        return CounterSnapshot.builder()
                .name("t1_reloads")
                .help("Tries to replace a table.")
                .dataPoint(point("result", "accepted", reloads.accepted()))
                .dataPoint(point("result", "refused", reloads.refused()))
                .build();
    }

    private static void traffic(final StatsSnapshot.Traffic traffic, final List<MetricSnapshot> metrics) {
        metrics.add(counter("t1_requests", "Frames that asked for something.", traffic.requests()));
        metrics.add(counter("t1_outcomes", "Outcomes reported by nodes.", traffic.outcomes()));
        metrics.add(gauge("t1_connections", "Connections open.", null, (double) traffic.connectionsOpen()));
        metrics.add(counter("t1_accepted_connections", "Connections accepted.", traffic.connectionsOpened()));
        metrics.add(gauge("t1_rings", "Rings in shared memory open.", null, (double)
                traffic.rings().open()));
        metrics.add(counter(
                "t1_ring_requests",
                "Frames that came by rings.",
                traffic.rings().requests()));
        metrics.add(gauge("t1_ring_mapped_bytes", "Off-heap memory of the rings open.", Unit.BYTES, (double)
                traffic.rings().mappedBytes()));
        metrics.add(bytesCounter("t1_received_bytes", "Bytes read from nodes.", traffic.bytesIn()));
        metrics.add(bytesCounter("t1_sent_bytes", "Bytes written to nodes.", traffic.bytesOut()));
    }

    private static GaugeSnapshot tableVersions(final List<TableRow> tables) {
        final var versions = GaugeSnapshot.builder()
                .name("t1_table_version")
                .help("Version of the table that decides, by its key; 0 is the built-in baseline.");
        for (final TableRow table : tables) {
            if (table.roles().contains(TableRow.Role.ACTIVE)) {
                versions.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "index", table.key().index(),
                                "region", table.key().region(),
                                "language", table.key().language()))
                        .value((double) table.version())
                        .build());
            }
        }
        return versions.build();
    }

    private static InfoSnapshot server(final StatsSnapshot.Server server) {
        return InfoSnapshot.builder()
                .name("t1_server")
                .help("What runs.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "kernel", server.kernel(),
                                "transport", server.transport(),
                                "processor", server.processor()))
                        .build())
                .build();
    }

    private static CounterSnapshot counter(final String name, final String help, final long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static CounterSnapshot bytesCounter(final String name, final String help, final long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .unit(Unit.BYTES)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static GaugeSnapshot gauge(
            final String name, final String help, final @Nullable Unit unit, final double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .unit(unit)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static CounterDataPointSnapshot point(final String label, final String labelValue, final long value) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(label, labelValue))
                .value((double) value)
                .build();
    }
}
