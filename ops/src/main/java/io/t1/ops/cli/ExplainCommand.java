package io.t1.ops.cli;

import io.t1.codec.FeatureDescription;
import io.t1.ops.BadInputException;
import io.t1.ops.explain.ArmFlip;
import io.t1.ops.explain.Contribution;
import io.t1.ops.explain.Explainer;
import io.t1.ops.explain.Explanation;
import io.t1.ops.explain.OutputExplanation;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Takes one decision of a table apart: what each feature adds to each output, exactly, and the least change of"
                    + " each that would flip the arm.",
            "",
            "Contributions count from a query of which nothing is known. Exploration is left out."
        },
        footerHeading = "%nExample:%n",
        footer = "  t1 explain router_distilled_int8.json --features entropy=2.1,query_length=7,nl_confidence=0.8")
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "The table's file.")
    private Path table;

    @Mixin
    private QueryOptions query;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final RouterArtifact artifact = ArtifactFile.read(table);
        final float[] row = row(artifact);
        final float nodeScore = query.score();
        try (Explainer explainer = new Explainer(artifact)) {
            final Explanation explanation = explainer.explain(row, nodeScore);
            final PrintWriter out = spec.commandLine().getOut();
            if (output.json()) {
                Json.print(out, explanation);
            } else {
                print(out, artifact, row, explanation);
            }
        } catch (final RefusedArtifactException e) {
            throw new BadInputException(table + ": " + e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    private float[] row(final RouterArtifact artifact) {
        final float[] row = new float[artifact.features().size()];
        Arrays.fill(row, Float.NaN);
        final List<String> names = query.names();
        final float[] values = query.values(artifact.features().stream()
                .map(feature -> new FeatureDescription(feature.name(), feature.defaultCode(), feature.knots()))
                .toList());
        for (int i = 0; i < values.length; i++) {
            final int at = artifact.featureIndex(names.get(i));
            if (at < 0) {
                throw new BadInputException(
                        "--features " + names.get(i) + ": the table has " + String.join(", ", artifact.featureNames()));
            }
            row[at] = values[i];
        }
        return row;
    }

    private static void print(
            final PrintWriter out, final RouterArtifact artifact, final float[] row, final Explanation explanation) {
        out.println(String.format(
                Locale.ROOT,
                "%s: score %.4f; CHEAP from %.4f, FULL from %.4f%s",
                explanation.arm(),
                explanation.score(),
                explanation.cheapBar(),
                explanation.fullBar(),
                explanation.arm() == explanation.wanted()
                        ? ""
                        : "; score and tau ask for " + explanation.wanted()
                                + ", the spend cap or the least gain lowers it"));
        out.println();
        printOutputs(out, artifact, row, explanation.outputs());
        out.println();
        printFlips(out, explanation);
    }

    private static void printOutputs(
            final PrintWriter out,
            final RouterArtifact artifact,
            final float[] row,
            final List<OutputExplanation> outputs) {
        final List<String> headings = new ArrayList<>(List.of("adds"));
        outputs.forEach(output -> headings.add(output.output().jsonName()));
        final TextTable terms = new TextTable(headings.toArray(new String[0]));
        terms.row(cells("nothing known", outputs, output -> decimals(output.base())));
        final List<Contribution> first = outputs.getFirst().contributions();
        for (int i = 0; i < first.size(); i++) {
            final int term = i;
            final String name = i < row.length
                    ? named(artifact.features().get(i), row[i])
                    : first.get(i).term();
            terms.row(cells(
                    name,
                    outputs,
                    output -> signed(output.contributions().get(term).amount())));
        }
        terms.row(
                cells("the query", outputs, output -> decimals(output.value()) + (output.clamped() ? " clamped" : "")));
        terms.print(out);
    }

    private static void printFlips(final PrintWriter out, final Explanation explanation) {
        if (explanation.flips().isEmpty()) {
            out.println("no change of one input alone flips the arm");
            return;
        }
        final TextTable flips = new TextTable("what would flip the arm", "at", "arm");
        for (final ArmFlip flip : explanation.flips()) {
            final String way = flip.direction().name().toLowerCase(Locale.ROOT);
            flips.row(
                    flip.input() + " " + way,
                    flip.category() == null ? Float.toString(flip.at()) : flip.category(),
                    flip.arm().name());
        }
        flips.print(out);
    }

    private static String named(final FeatureSpec feature, final float value) {
        if (feature.categorical()) {
            return feature.name() + " " + CategoryKnots.name(feature, value);
        }
        return Float.isNaN(value)
                ? feature.name() + " unknown"
                : feature.name() + " " + value + (feature.unit().isEmpty() ? "" : " " + feature.unit());
    }

    private static String[] cells(
            final String name, final List<OutputExplanation> outputs, final Function<OutputExplanation, String> cell) {
        final String[] cells = new String[outputs.size() + 1];
        cells[0] = name;
        for (int o = 0; o < outputs.size(); o++) {
            cells[o + 1] = cell.apply(outputs.get(o));
        }
        return cells;
    }

    private static String decimals(final double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(final double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }
}
