package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.sidecar.Setting;
import io.t1.sidecar.SidecarContext;
import io.t1.sidecar.SidecarSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code t1 config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints every setting of the server: flag, environment variable, value in this environment,"
                + " default and unit.",
        footerHeading = "%nExample:%n",
        footer = "  T1_DRAIN_MS=1000 t1 config")
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final SidecarContext context = new SidecarContext();
        try {
            context.environment(System.getenv());
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        final List<Row> rows = SidecarSettings.ALL.stream()
                .map(setting -> Row.of(setting, context))
                .toList();
        final PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            Json.print(out, new Settings(rows));
            return ExitCode.DONE;
        }
        final TextTable table = new TextTable("setting", "environment", "value", "default", "unit");
        rows.forEach(row -> table.row(row.flag, row.environment, row.value, row.standard, row.unit));
        table.print(out);
        return ExitCode.DONE;
    }

    private record Settings(List<Row> server) {}

    private record Row(
            String flag,
            String environment,
            String value,

            @com.fasterxml.jackson.annotation.JsonProperty("default")
            String standard,

            String unit,
            String help) {
        static Row of(final Setting setting, final SidecarContext context) {
            return new Row(
                    setting.flag(),
                    setting.environment(),
                    setting.text().apply(context),
                    setting.defaultText(),
                    setting.unit(),
                    setting.help());
        }
    }
}
