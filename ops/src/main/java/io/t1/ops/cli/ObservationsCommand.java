package io.t1.ops.cli;

import io.t1.ops.observation.ObservationSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 observations}. */
@Command(
        name = "observations",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "About the rows that tables are learnt from.",
        footerHeading = "%nExample:%n",
        footer = "  t1 observations profile observations/",
        subcommands = {ObservationsCommand.Schema.class, ProfileCommand.class, ExportCommand.class})
final class ObservationsCommand {
    /** {@code t1 observations schema}. */
    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description = "Lists the columns of a row; with --json prints their JSON Schema.",
            footerHeading = "%nExample:%n",
            footer = "  t1 observations schema --json > observation.schema.json")
    static final class Schema implements Callable<Integer> {
        @Option(
                names = "--targets",
                paramLabel = "WHICH",
                defaultValue = "measured",
                description =
                        "measured: rows of what arms gave and cost; own: rows with targets of your own, for t1 distil"
                                + " --targets own. Default: ${DEFAULT-VALUE}.")
        private TargetsChoice targets;

        @Option(names = "--json", description = "Print the JSON Schema and nothing else.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final PrintWriter out = spec.commandLine().getOut();
            final ObservationSchema schema =
                    targets == TargetsChoice.OWN ? ObservationSchema.TARGETS : ObservationSchema.OUTCOMES;
            if (json) {
                out.println(schema.json().strip());
                return ExitCode.DONE;
            }
            for (final ObservationSchema.Column column : schema.columns()) {
                out.println(column.name() + (column.needed() ? ", needed" : ""));
                out.println("    " + column.description());
            }
            return ExitCode.DONE;
        }
    }
}
