package io.t1.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A sidecar's figures for people.
 *
 * @param stats the body of {@code /stats}.
 */
record StatsView(JsonNode stats) {
    private static final int SHOWN_RELOADS = 5;
    private static final int BAR = 40;
    private static final List<String> ARMS = List.of("skip", "cheap", "full");

    static StatsView of(final String json) {
        try {
            return new StatsView(JsonMapper.builder().build().readTree(json));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("the sidecar's figures aren't JSON", e);
        }
    }

    void print(final PrintWriter out) {
        printServer(out);
        out.println();
        printDecisions(out);
        out.println();
        printLatency(out);
        out.println();
        printTables(out);
        printReloads(out);
    }

    private void printServer(final PrintWriter out) {
        final JsonNode server = stats.path("server");
        final String ready = stats.path("ready").asBoolean()
                ? "ready"
                : "NOT READY: " + stats.path("not_ready_reason").asText();
        out.println("T1 sidecar " + server.path("pid").asText() + "  " + ready + "  up "
                + duration(server.path("uptime_s").asDouble()));
        out.println(
                server.path("processor").asText() + ", " + server.path("cores").asText() + " cores; kernel "
                        + server.path("kernel").asText() + ", transport "
                        + server.path("transport").asText());
        final JsonNode connections = stats.path("connections");
        out.println(count(connections.path("open")) + " connections, " + count(stats.path("requests")) + " requests, "
                + count(stats.path("outcomes")) + " outcomes, "
                + count(stats.path("errors").path("count")) + " errors, journal "
                + count(stats.path("journal").path("written")) + " written, "
                + count(stats.path("journal").path("dropped")) + " dropped");
    }

    private void printDecisions(final PrintWriter out) {
        final JsonNode decisions = stats.path("decisions");
        final long total = decisions.path("count").asLong();
        out.println(String.format(
                Locale.ROOT,
                "%,d decisions (%,d degraded, %,d explored, %,d capped, %,d low gain)",
                total,
                decisions.path("degraded").asLong(),
                decisions.path("explored").asLong(),
                decisions.path("capped").asLong(),
                decisions.path("low_gain").asLong()));
        for (final String arm : ARMS) {
            final double share =
                    total == 0 ? 0 : decisions.path("by_arm").path(arm).asDouble() / total;
            out.println(String.format(
                    Locale.ROOT, "  %-5s %5.1f %%  %s", arm.toUpperCase(Locale.ROOT), 100 * share, "#".repeat((int)
                                    Math.round(BAR * share))));
        }
    }

    private void printLatency(final PrintWriter out) {
        final JsonNode latency = stats.path("latency");
        final TextTable table = new TextTable(
                "last " + latency.path("window_s").asText() + " s, us", "count", "p50", "p90", "p99", "p99.9", "max");
        latency.path("window")
                .properties()
                .forEach(phase -> table.row(
                        phase.getKey(),
                        count(phase.getValue().path("count")),
                        micros(phase.getValue().path("p50_us")),
                        micros(phase.getValue().path("p90_us")),
                        micros(phase.getValue().path("p99_us")),
                        micros(phase.getValue().path("p999_us")),
                        micros(phase.getValue().path("max_us"))));
        table.print(out);
    }

    private void printTables(final PrintWriter out) {
        final TextTable table = new TextTable("table", "version", "roles", "sha256");
        for (final JsonNode row : stats.path("tables")) {
            if (row.path("roles").isEmpty()) {
                continue;
            }
            final StringBuilder roles = new StringBuilder();
            row.path("roles")
                    .forEach(role -> roles.append(roles.isEmpty() ? "" : ",")
                            .append(role.asText().toLowerCase(Locale.ROOT)));
            table.row(
                    row.path("index").asText() + "/" + row.path("region").asText() + "/"
                            + row.path("language").asText(),
                    row.path("version").asText(),
                    roles.toString(),
                    row.path("sha256")
                            .asText("")
                            .substring(
                                    0,
                                    Math.min(12, row.path("sha256").asText("").length())));
        }
        table.print(out);
    }

    private void printReloads(final PrintWriter out) {
        final JsonNode reloads = stats.path("reloads");
        out.println();
        out.println(
                count(reloads.path("accepted")) + " reloads accepted, " + count(reloads.path("refused")) + " refused");
        int shown = 0;
        for (final JsonNode event : reloads.path("last")) {
            if (shown++ == SHOWN_RELOADS) {
                break;
            }
            out.println("  " + event.path("at").asText() + "  "
                    + event.path("source").asText() + "  "
                    + event.path("table").asText("?") + " v"
                    + event.path("version").asText() + "  "
                    + event.path("result").asText()
                    + (event.has("reason") ? ": " + event.path("reason").asText() : ""));
        }
    }

    private static String count(final JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }

    private static String micros(final JsonNode number) {
        return String.format(Locale.ROOT, "%,.1f", number.asDouble());
    }

    private static String duration(final double seconds) {
        final Duration up = Duration.ofSeconds((long) seconds);
        return up.toHours() > 0
                ? up.toHours() + " h " + up.toMinutesPart() + " min"
                : up.toMinutes() + " min " + up.toSecondsPart() + " s";
    }
}
