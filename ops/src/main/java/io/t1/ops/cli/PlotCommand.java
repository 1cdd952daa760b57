package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.shapes.ShapePlots;
import io.t1.ops.shapes.ShapesFile;
import io.t1.ops.shapes.TableShapes;
import io.t1.router.artifact.RouterArtifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 plot}. */
@Command(
        name = "plot",
        mixinStandardHelpOptions = true,
        description = {
            "Draws what each feature adds to each output of a table: one HTML page, and an SVG file a curve.",
            "",
            "INT8 is drawn as the sidecar computes it, over the density of the rows that the table was learnt from. With the"
                    + " curves that t1 distil --shapes kept, teacher and student lie beside it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 plot router_distilled_int8.json --out curves/",
            "  t1 plot router_distilled_int8.json --shapes shapes.json --out curves/"
        })
final class PlotCommand implements Callable<Integer> {
    private static final String PAGE = "index.html";

    @Parameters(paramLabel = "TABLE", description = "The table, as t1 distil writes it.")
    private Path table;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to write; made if it isn't there.")
    private Path out;

    @Option(names = "--shapes", paramLabel = "FILE", description = "Curves that t1 distil --shapes kept of this table.")
    private @Nullable Path shapes;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final RouterArtifact artifact = ArtifactFile.read(table);
        final Optional<TableShapes> kept = shapes == null ? Optional.empty() : Optional.of(ShapesFile.read(shapes));
        final ShapePlots plots = new ShapePlots(artifact, kept);
        final Path page = folder().resolve(PAGE);
        final Map<String, String> svgs = plots.svgs();
        svgs.forEach((name, svg) -> WholeFile.write(out.resolve(name + ".svg"), svg.getBytes(StandardCharsets.UTF_8)));
        WholeFile.write(page, plots.page().getBytes(StandardCharsets.UTF_8));
        final PrintWriter console = spec.commandLine().getOut();
        if (output.json()) {
            Json.print(console, new Line(page.toString(), svgs.size(), kept.isPresent()));
        } else {
            console.println("wrote " + page + " and " + svgs.size() + " SVG files beside it");
            if (kept.isEmpty()) {
                console.println("without teacher and student: give --shapes, which t1 distil --shapes FILE writes");
            }
        }
        return ExitCode.DONE;
    }

    private Path folder() {
        try {
            return Files.createDirectories(out);
        } catch (final IOException e) {
            throw new BadInputException(out + ": no such folder can be made: " + e, e);
        }
    }

    private record Line(String page, int svgs, boolean withTeacher) {}
}
