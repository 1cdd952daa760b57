package io.t1.ops.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code t1} command. */
@Command(
        name = "t1",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tells a search node, for every query, how much to spend on it.",
        subcommands = {
            DemoCommand.class,
            DecideCommand.class,
            PublishCommand.class,
            ActivateCommand.class,
            RollbackCommand.class,
            TablesCommand.class,
            StatsCommand.class,
            TopCommand.class,
            LabCommand.class,
            ObservationsCommand.class,
            DistilCommand.class,
            GateCommand.class,
            ExplainCommand.class,
            PlotCommand.class,
            ConfigCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 demo                                   the whole path on real input, in a few minutes",
            "  t1 serve --data /var/lib/t1 --socket /run/t1.sock",
            "  t1 publish --socket /run/t1.sock router_distilled_int8.json",
            "  t1 top --socket /run/t1.sock",
            "",
            "Exit codes: 0 done, 1 a check failed, 2 bad input or usage, 3 could not reach the sidecar."
        })
public final class T1 {
    private T1() {}

    /** Runs one command and exits with its code. */
    public static void main(final String[] args) {
        StandardError.restore();
        final int code = commandLine().execute(args);
        System.out.flush();
        System.exit(code);
    }

    /** The command line, as {@link #main} and the tests run it. */
    public static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new T1());
        line.addSubcommand(ServeCommand.specification());
        return configured(line);
    }

    /** Gives a command line the output, the help and the exit codes that every {@code t1} command has. */
    public static CommandLine configured(final CommandLine line) {
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(true);
        line.setUsageHelpLongOptionsMaxWidth(34);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new FailureReport());
        // picocli asks it about usage errors too
        line.setExitCodeExceptionMapper(failure ->
                failure instanceof CommandLine.ParameterException ? ExitCode.BAD_INPUT : ExitCode.CHECK_FAILED);
        return line;
    }
}
