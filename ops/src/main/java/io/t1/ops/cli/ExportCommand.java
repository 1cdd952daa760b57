package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.export.JournalExport;
import io.t1.ops.observation.ObservationWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

/** {@code t1 observations export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a sidecar's journal as logged observations: each decision with the outcome that its node reported.",
            "",
            "The sidecar may run meanwhile. The journal holds codes, so a feature's value is the middle of its code's"
                    + " stretch between two knots of the table that decided; the slice is the traffic's key."
        },
        footerHeading = "%nExample:%n",
        footer = "  t1 observations export /var/lib/t1 --out logged.parquet --key docs/eu/en")
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATA", description = "The sidecar's data directory, its --data.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "What to write: .parquet, .csv or .jsonl, the last two also with .gz or .zst.")
    private Path out;

    @Option(names = "--key", paramLabel = "INDEX/REGION/LANGUAGE", description = "This traffic only. Default: all.")
    private @Nullable String key;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        WholeFile.requireWritable(out);
        final ObservationWriter writer = new ObservationWriter(out);
        final JournalExport.Read read = JournalExport.of(data, wanted());
        writer.writeLogged(read.features(), read.categories(), read.log());
        final PrintWriter console = spec.commandLine().getOut();
        if (output.json()) {
            Json.print(
                    console,
                    new Line(
                            out.toString(),
                            read.log().size(),
                            read.decisions(),
                            read.outcomes(),
                            read.features(),
                            read.leftOut()));
        } else {
            console.println(String.format(
                    Locale.ROOT,
                    "%,d rows of %,d decisions and %,d outcomes, features %s",
                    read.log().size(),
                    read.decisions(),
                    read.outcomes(),
                    String.join(", ", read.features())));
            read.leftOut().forEach((reason, count) -> console.println("left out " + count + ": " + reason));
            console.println("wrote " + out);
        }
        return ExitCode.DONE;
    }

    private Optional<TableKey> wanted() {
        try {
            return key == null ? Optional.empty() : Optional.of(TableKey.parse(key));
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--key=" + key + ": " + e.getMessage(), e);
        }
    }

    private record Line(
            String file, long rows, long decisions, long outcomes, List<String> features, Map<String, Long> leftOut) {}
}
