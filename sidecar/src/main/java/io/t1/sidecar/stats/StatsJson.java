package io.t1.sidecar.stats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A snapshot as JSON: snake case, units in the names. */
final class StatsJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double NANOS_PER_MICRO = 1e3;

    private final JsonGenerator json;

    private StatsJson(final JsonGenerator json) {
        this.json = json;
    }

    static String of(final StatsSnapshot snapshot) {
        final StringWriter text = new StringWriter(8 * 1024);
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            new StatsJson(generator).write(snapshot);
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }

    private void write(final StatsSnapshot snapshot) throws IOException {
        json.writeStartObject();
        server(snapshot.server());
        readiness(snapshot.readiness());
        traffic(snapshot.traffic());
        decisions(snapshot.decisions());
        json.writeObjectFieldStart("latency");
        json.writeNumberField("window_s", LatencyAggregate.WINDOW_SECONDS);
        json.writeNumberField(
                "phases_timed_every", snapshot.server().recording().every()); // requests; the whole: each
        phases("window", snapshot.window());
        phases("since_start", snapshot.sinceStart());
        json.writeEndObject();
        errors(snapshot);
        tables(snapshot);
        reloads(snapshot.reloads());
        journal(snapshot);
        history(snapshot.history());
        json.writeEndObject();
    }

    private void server(final StatsSnapshot.Server server) throws IOException {
        json.writeObjectFieldStart("server");
        json.writeNumberField("pid", server.pid());
        json.writeStringField("processor", server.processor());
        json.writeNumberField("cores", server.cores());
        json.writeStringField("kernel", server.kernel());
        json.writeStringField("transport", server.transport());
        time("at", server.atMillis());
        time("started_at", server.startedAtMillis());
        json.writeNumberField("uptime_s", (server.atMillis() - server.startedAtMillis()) / 1e3);
        json.writeObjectFieldStart("startup_ms");
        for (final var step : server.startup().entrySet()) {
            json.writeNumberField(step.getKey(), step.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void readiness(final Readiness readiness) throws IOException {
        switch (readiness) {
            case Readiness.Ready() -> json.writeBooleanField("ready", true);
            case Readiness.NotReady(final String reason) -> {
                json.writeBooleanField("ready", false);
                json.writeStringField("not_ready_reason", reason);
            }
        }
    }

    private void traffic(final StatsSnapshot.Traffic traffic) throws IOException {
        json.writeObjectFieldStart("connections");
        json.writeNumberField("open", traffic.connectionsOpen());
        json.writeNumberField("opened", traffic.connectionsOpened());
        json.writeNumberField("closed", traffic.connectionsClosed());
        json.writeEndObject();
        json.writeObjectFieldStart("rings");
        json.writeNumberField("open", traffic.rings().open());
        json.writeNumberField("opened", traffic.rings().opened());
        json.writeNumberField("closed", traffic.rings().closed());
        json.writeNumberField("requests", traffic.rings().requests());
        json.writeNumberField("mapped_bytes", traffic.rings().mappedBytes());
        json.writeEndObject();
        json.writeNumberField("requests", traffic.requests());
        json.writeNumberField("outcomes", traffic.outcomes());
        json.writeNumberField("received_bytes", traffic.bytesIn());
        json.writeNumberField("sent_bytes", traffic.bytesOut());
    }

    private void decisions(final StatsSnapshot.Decisions decisions) throws IOException {
        json.writeObjectFieldStart("decisions");
        json.writeNumberField("count", decisions.count());
        json.writeNumberField("batches", decisions.batches());
        json.writeObjectFieldStart("by_arm");
        json.writeNumberField("skip", decisions.skip());
        json.writeNumberField("cheap", decisions.cheap());
        json.writeNumberField("full", decisions.full());
        json.writeEndObject();
        json.writeNumberField("explored", decisions.explored());
        json.writeNumberField("capped", decisions.capped());
        json.writeNumberField("low_gain", decisions.lowGain());
        json.writeNumberField("degraded", decisions.degraded());
        json.writeNumberField("overloaded", decisions.overloaded());
        json.writeEndObject();
    }

    private void phases(final String name, final Map<Phase, LatencyFigures> phases) throws IOException {
        json.writeObjectFieldStart(name);
        for (final var phase : phases.entrySet()) {
            final LatencyFigures figures = phase.getValue();
            json.writeObjectFieldStart(phase.getKey().label());
            json.writeNumberField("count", figures.count());
            micros("mean_us", Math.round(figures.mean()));
            micros("p50_us", figures.p50());
            micros("p90_us", figures.p90());
            micros("p99_us", figures.p99());
            micros("p999_us", figures.p999());
            micros("max_us", figures.max());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void errors(final StatsSnapshot snapshot) throws IOException {
        json.writeObjectFieldStart("errors");
        json.writeNumberField(
                "count",
                snapshot.errors().values().stream().mapToLong(Long::longValue).sum());
        json.writeObjectFieldStart("by_code");
        for (final var error : snapshot.errors().entrySet()) {
            json.writeNumberField(error.getKey().name().toLowerCase(Locale.ROOT), error.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void tables(final StatsSnapshot snapshot) throws IOException {
        json.writeNumberField("table_offheap_bytes", snapshot.tableOffheapBytes());
        json.writeArrayFieldStart("tables");
        for (final TableRow table : snapshot.tables()) {
            json.writeStartObject();
            json.writeStringField("index", table.key().index());
            json.writeStringField("region", table.key().region());
            json.writeStringField("language", table.key().language());
            json.writeNumberField("version", table.version());
            json.writeArrayFieldStart("roles");
            for (final TableRow.Role role : TableRow.Role.values()) {
                if (table.roles().contains(role)) {
                    json.writeString(role.name().toLowerCase(Locale.ROOT));
                }
            }
            json.writeEndArray();
            time("published_at", table.publishedAtMillis());
            json.writeStringField("sha256", table.sha256());
            json.writeNumberField("image_bytes", table.imageBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void reloads(final StatsSnapshot.Reloads reloads) throws IOException {
        json.writeObjectFieldStart("reloads");
        json.writeNumberField("accepted", reloads.accepted());
        json.writeNumberField("refused", reloads.refused());
        json.writeArrayFieldStart("last");
        for (final ReloadEvent event : reloads.last()) {
            json.writeStartObject();
            time("at", event.atMillis());
            json.writeStringField("source", event.source());
            if (event.key() != null) {
                json.writeStringField("table", event.key().toString());
            }
            json.writeNumberField("version", event.version());
            json.writeStringField("result", event.isAccepted() ? "accepted" : "refused");
            if (event.refusal() != null) {
                json.writeStringField("reason", event.refusal());
            }
            json.writeNumberField("duration_ms", event.durationNanos() / 1e6);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void journal(final StatsSnapshot snapshot) throws IOException {
        final var journal = snapshot.journal();
        json.writeObjectFieldStart("journal");
        json.writeStringField("state", journal.state().name().toLowerCase(Locale.ROOT));
        if (!journal.reason().isEmpty()) {
            json.writeStringField("reason", journal.reason());
        }
        json.writeNumberField("offered", journal.offered());
        json.writeNumberField("written", journal.written());
        json.writeNumberField("dropped", journal.dropped());
        json.writeNumberField("written_bytes", journal.bytes());
        json.writeEndObject();
    }

    private void history(final List<SecondHistory.Second> seconds) throws IOException {
        json.writeObjectFieldStart("history");
        series("at_ms", seconds, SecondHistory.Second::endMillis);
        series("skip", seconds, SecondHistory.Second::skip);
        series("cheap", seconds, SecondHistory.Second::cheap);
        series("full", seconds, SecondHistory.Second::full);
        series("errors", seconds, SecondHistory.Second::errors);
        json.writeObjectFieldStart("p50_us");
        for (int phase = 0; phase < Phase.count(); phase++) {
            final int ordinal = phase;
            microsSeries(Phase.of(phase), seconds, second -> second.p50Nanos()[ordinal]);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("p99_us");
        for (int phase = 0; phase < Phase.count(); phase++) {
            final int ordinal = phase;
            microsSeries(Phase.of(phase), seconds, second -> second.p99Nanos()[ordinal]);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void series(
            final String name,
            final List<SecondHistory.Second> seconds,
            final ToLongFunction<SecondHistory.Second> figure)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final var second : seconds) {
            json.writeNumber(figure.applyAsLong(second));
        }
        json.writeEndArray();
    }

    private void microsSeries(
            final Phase phase,
            final List<SecondHistory.Second> seconds,
            final ToLongFunction<SecondHistory.Second> nanos)
            throws IOException {
        json.writeArrayFieldStart(phase.label());
        for (final var second : seconds) {
            json.writeNumber(nanos.applyAsLong(second) / NANOS_PER_MICRO);
        }
        json.writeEndArray();
    }

    private void micros(final String name, final long nanos) throws IOException {
        json.writeNumberField(name, nanos / NANOS_PER_MICRO);
    }

    private void time(final String name, final long millis) throws IOException {
        json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
    }
}
