package io.t1.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.load.LoadCommand;
import io.t1.bench.report.ReportCommand;
import io.t1.bench.report.RowFiles;
import io.t1.bench.rows.Rows;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.ResultTable;
import io.t1.bench.suite.Suite;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.ExitCode;
import io.t1.ops.cli.T1;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code t1 bench} command. */
@Command(
        name = "t1 bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Measures T1 beside its references (C programs, Redis, gRPC, Aeron, tree libraries), all started by this"
                    + " command on this machine: servers on processor 0, clients on processor 1, medians of five runs or"
                    + " more. What isn't installed is skipped with a line that says so.",
            "",
            "Progress goes to standard error, results to standard output. What a row gave last is kept in"
                    + " bench/target/report, from which t1 bench report --draw draws its page."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 bench                               every row, with care",
            "  t1 bench --quick --json                every row in under six minutes, as one JSON array",
            "  t1 bench --only uds-blocking           one row, or one of its lines",
            "  t1 bench jmh OneDecision -prof gc      JMH's own command line",
            "",
            "Exit codes: 0 done, 1 a row failed (with --check: or missed its reach), 2 bad input or usage."
        },
        subcommands = {LoadCommand.class, ReportCommand.class, JmhCommand.class})
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only this row or line; may be given again. --list has the names.")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Shorter runs: all rows in under six minutes.")
    private boolean quick;

    @Option(names = "--json", description = "Print the results as a JSON array and nothing else on standard output.")
    private boolean json;

    @Option(names = "--check", description = "Exit with 1 when a reach is missed.")
    private boolean check;

    @Option(names = "--list", description = "List the rows and end.")
    private boolean list;

    @Spec
    private CommandSpec spec;

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

    @Override
    public Integer call() throws InterruptedException, IOException {
        final PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Rows.ALL.forEach(row -> out.println(String.format("%-20s %s", row.name(), row.title())));
            return ExitCode.DONE;
        }
        final PrintWriter progress = spec.commandLine().getErr();
        final List<BenchResult> results = new Suite(
                        quick ? Effort.QUICK : Effort.FULL, Path.of(System.getProperty("t1.home", ".")), progress)
                .run(asked(), RowFiles::write).stream().filter(this::isAsked).toList();
        if (json) {
            out.println(JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .writeValueAsString(results.stream().map(BenchResult::line).toList()));
        } else {
            ResultTable.print(results, out);
        }
        final boolean failed = results.stream().anyMatch(result -> result.value() == null && result.met() != null);
        final boolean missed = results.stream().anyMatch(result -> Boolean.FALSE.equals(result.met()));
        return failed || (check && missed) ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    private List<BenchRow> asked() {
        if (only.isEmpty()) {
            return Rows.ALL;
        }
        for (final String name : only) {
            if (Rows.ALL.stream().noneMatch(row -> name.startsWith(row.name()))) {
                throw new BadInputException("--only=" + name + " isn't a row; there are "
                        + Rows.ALL.stream().map(BenchRow::name).collect(Collectors.joining(" ")));
            }
        }
        return Rows.ALL.stream()
                .filter(row -> only.stream().anyMatch(name -> name.startsWith(row.name())))
                .toList();
    }

    /** A line's name starts with its row's; what failed or was skipped is always told. */
    private boolean isAsked(final BenchResult result) {
        return only.isEmpty() || result.value() == null || only.stream().anyMatch(result.name()::startsWith);
    }
}
