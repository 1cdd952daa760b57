package io.t1.bench.report;

import io.t1.bench.rows.Rows;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.Suite;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 bench report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures rows and curves and writes docs/benchmarks/README.md with its plots. What people wrote on the page"
                    + " outside its markers stays. Raw data (JSON, .hlog) goes to bench/target/report; what isn't"
                    + " measured this time is drawn from there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 bench report                          everything, with care",
            "  t1 bench report --quick --only scaling-clients",
            "  t1 bench report --draw                   writes the page anew from what was measured"
        })
public final class ReportCommand implements Callable<Integer> {
    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Measures only this row or curve.")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Shorter runs.")
    private boolean quick;

    @Option(names = "--draw", description = "Measures nothing.")
    private boolean draw;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (final String name : only) {
            if (Stream.concat(
                            Rows.ALL.stream().map(BenchRow::name),
                            Curves.ALL.stream().map(Curve::name))
                    .noneMatch(name::equals)) {
                throw new BadInputException("--only=" + name + " is no row or curve; there are " + names());
            }
        }
        final PrintWriter progress = spec.commandLine().getErr();
        final Effort effort = quick ? Effort.QUICK : Effort.FULL;
        int failed = 0;
        if (!draw) {
            for (final BenchRow row : Rows.ALL) {
                if (isAsked(row.name())) {
                    RowFiles.write(row, new Suite(effort, ReportFiles.home(), progress).run(List.of(row)));
                }
            }
            for (final Curve curve : Curves.ALL) {
                if (isAsked(curve.name()) && !isMeasured(curve, effort, progress)) {
                    failed++;
                }
            }
        }
        write(spec.commandLine().getOut());
        return failed > 0 ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    /** A curve that fails takes no other with it; its last figures stay. */
    private static boolean isMeasured(final Curve curve, final Effort effort, final PrintWriter progress)
            throws InterruptedException {
        progress.println(curve.title());
        try {
            Files.write(
                    ReportFiles.raw("curve-" + curve.name() + ".json"),
                    CurveProcess.write(CurveProcess.run(curve, effort, progress)));
            return true;
        } catch (final IOException | IllegalStateException e) {
            progress.println("  failed: " + e.getMessage());
            return false;
        }
    }

    private static void write(final PrintWriter out) throws IOException {
        final List<BenchResult> results = new ArrayList<>();
        for (final BenchRow row : Rows.ALL) {
            results.addAll(RowFiles.read(row));
        }
        final List<Plot> plots = new ArrayList<>();
        for (final Curve curve : Curves.ALL) {
            final Path data = ReportFiles.raw("curve-" + curve.name() + ".json");
            if (Files.exists(data)) {
                plots.addAll(CurveProcess.read(Files.readAllBytes(data)));
            }
        }
        for (final Plot plot : plots) {
            Files.write(ReportFiles.written(plot.name() + ".svg"), Svg.of(plot).getBytes(StandardCharsets.UTF_8));
        }
        ReportPage.write(ReportFiles.written("README.md"), Machine.here(), results, plots);
        out.println("docs/benchmarks/README.md: rows=" + results.size() + ", plots=" + plots.size());
    }

    private boolean isAsked(final String name) {
        return only.isEmpty() || only.contains(name);
    }

    private static String names() {
        return Stream.concat(
                        Rows.ALL.stream().map(BenchRow::name),
                        Curves.ALL.stream().map(Curve::name))
                .collect(Collectors.joining(" "));
    }
}
