package io.t1.bench;

import io.t1.bench.load.LoadCommand;
import io.t1.ops.cli.T1;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code t1 bench} command. */
@Command(
        name = "t1 bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures T1.",
        subcommands = {LoadCommand.class, JmhCommand.class})
public final class Bench {
    private Bench() {}

    /** Runs one command and exits with its code. */
    public static void main(final String[] args) {
        final int code = commandLine().execute(args);
        System.out.flush();
        System.exit(code);
    }

    /** The command line, as {@link #main} and the tests run it. */
    static CommandLine commandLine() {
        return T1.configured(new CommandLine(new Bench()));
    }
}
