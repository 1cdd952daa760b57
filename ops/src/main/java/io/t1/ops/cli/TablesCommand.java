package io.t1.ops.cli;

import io.t1.codec.StoredTable;
import io.t1.codec.TableRole;
import io.t1.codec.client.T1Client;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code t1 tables}. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description = "Lists the tables that a sidecar stores, with their roles.",
        footerHeading = "%nExample:%n",
        footer = "  t1 tables --socket /run/t1.sock")
final class TablesCommand implements Callable<Integer> {
    @Mixin
    private SocketOptions sidecar;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<Row> rows;
        try (T1Client client = sidecar.connect()) {
            rows = client.listTables().stream().map(Row::of).toList();
        }
        if (output.json()) {
            Json.print(spec.commandLine().getOut(), new Tables(rows));
            return ExitCode.DONE;
        }
        if (rows.isEmpty()) {
            spec.commandLine().getOut().println("no tables yet: t1 publish FILE sends one");
            return ExitCode.DONE;
        }
        final TextTable table = new TextTable(
                "key", "version", "roles", "features", "outputs", "pairs", "bytes", "sha256", "published");
        for (final Row row : rows) {
            table.row(
                    row.key,
                    row.version == 0 ? "0 (built in)" : Long.toString(row.version),
                    String.join(",", row.roles),
                    Integer.toString(row.features),
                    Integer.toString(row.outputs),
                    Integer.toString(row.pairs),
                    Long.toString(row.imageBytes),
                    row.sha256.substring(0, 12),
                    row.publishedAt);
        }
        table.print(spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private record Tables(List<Row> tables) {}

    private record Row(
            String key,
            long version,
            List<String> roles,
            int features,
            int outputs,
            int pairs,
            long imageBytes,
            String sha256,
            String publishedAt) {
        static Row of(final StoredTable table) {
            return new Row(
                    table.key().toString(),
                    table.tableVersion(),
                    table.roles().stream().sorted().map(Row::name).collect(Collectors.toUnmodifiableList()),
                    table.featureCount(),
                    table.outputCount(),
                    table.pairCount(),
                    table.imageBytes(),
                    table.sha256(),
                    table.publishedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        }

        private static String name(final TableRole role) {
            return role.name().toLowerCase(Locale.ROOT);
        }
    }
}
