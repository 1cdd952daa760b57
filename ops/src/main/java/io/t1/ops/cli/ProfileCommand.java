package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.drift.FeatureDrift;
import io.t1.ops.drift.TableDrift;
import io.t1.ops.observation.FeatureColumn;
import io.t1.ops.observation.FeatureProfile;
import io.t1.ops.observation.ObservationProfile;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.SliceProfile;
import io.t1.router.artifact.RouterArtifact;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 observations profile}. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what rows of observations hold: ranges, missing values, slices.",
            "",
            "With --table or --socket also how far each feature has moved from the rows that the table was learnt from: the population"
                    + " stability index, beside what it comes to by chance at these numbers of rows."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 observations profile observations/",
            "  t1 observations profile today.parquet --table router_distilled_int8.json --html drift.html",
            "  t1 observations profile today.parquet --socket /run/t1.sock --key docs/eu/en",
            "",
            "Exit code 1: held against a table, a feature has drifted (index over 0.25)."
        })
final class ProfileCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OBS", description = "Observation files, folders or globs.")
    private List<String> observations;

    @ArgGroup(exclusive = true)
    private @Nullable HeldAgainstOptions against;

    @Mixin
    private KeyOptions key;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write one page with plots, in need of no other file.")
    private @Nullable Path html;

    @Mixin
    private FeatureOptions features;

    @Mixin
    private BadRowOptions badRows;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (html != null) {
            WholeFile.requireWritable(html);
        }
        final RouterArtifact artifact = against == null ? null : against.table(key.key());
        if (artifact != null && !features.names().isEmpty()) {
            throw new BadInputException("--features beside a table: the table names its features; leave one out");
        }
        final List<FeatureColumn> columns = artifact == null
                ? features.names().stream().map(FeatureColumn::parse).toList()
                : FeatureColumn.of(artifact);
        final ObservationProfile profile;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            profile = new ObservationReader(badRows.policy(), columns).profile(observations, progress);
        }
        final List<FeatureDrift> drifts = artifact == null ? List.of() : TableDrift.of(artifact, profile);
        if (html != null) {
            WholeFile.write(html, ProfilePage.of(profile, drifts).getBytes(StandardCharsets.UTF_8));
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            Json.print(out, ProfileJson.of(profile, drifts));
        } else {
            print(out, profile, drifts);
        }
        return drifts.stream().anyMatch(drift -> drift.outcome() == FeatureDrift.Outcome.DRIFTED)
                ? ExitCode.CHECK_FAILED
                : ExitCode.DONE;
    }

    private void print(final PrintWriter out, final ObservationProfile profile, final List<FeatureDrift> drifts) {
        out.println(String.format(
                Locale.ROOT,
                "%,d rows of %d file%s: %,d queries, %,d of them measured under every arm, %,d rows logged with a propensity",
                profile.rows(),
                profile.inputs().size(),
                profile.inputs().size() == 1 ? "" : "s",
                profile.queries(),
                profile.fullInformation(),
                profile.logged()));
        badRows.print(out, profile.badRows());
        out.println();
        final TextTable values =
                new TextTable("feature", "missing", "distinct", "least", "p05", "median", "p95", "most", "mean", "sd");
        for (final FeatureProfile feature : profile.features()) {
            if (!feature.categories().isEmpty()) {
                continue;
            }
            values.row(
                    feature.name(),
                    String.format(Locale.ROOT, "%,d", feature.missing()),
                    String.format(Locale.ROOT, "%,d", feature.distinct()),
                    decimals(feature.least()),
                    decimals(feature.p05()),
                    decimals(feature.median()),
                    decimals(feature.p95()),
                    decimals(feature.most()),
                    decimals(feature.mean()),
                    decimals(feature.sd()));
        }
        values.print(out);
        printCategories(out, profile.features());
        out.println();
        final TextTable slices = new TextTable("slice", "queries", "arm", "rows", "nDCG@10", "mean ms");
        for (final SliceProfile slice : profile.slices()) {
            for (final SliceProfile.ArmProfile arm : slice.arms()) {
                slices.row(
                        slice.name(),
                        String.format(Locale.ROOT, "%,d", slice.queries()),
                        arm.arm(),
                        String.format(Locale.ROOT, "%,d", arm.rows()),
                        decimals(arm.meanNdcg10()),
                        decimals(arm.meanLatencyMs()));
            }
        }
        slices.print(out);
        if (!drifts.isEmpty()) {
            out.println();
            final TextTable moved = new TextTable("against the table", "stability index", "by chance up to", "");
            for (final FeatureDrift drift : drifts) {
                moved.row(
                        drift.feature(),
                        decimals(drift.stability().index()),
                        decimals(drift.stability().noise()),
                        drift.outcome().name());
            }
            moved.print(out);
        }
        if (html != null) {
            out.println();
            out.println("wrote " + html);
        }
    }

    private static void printCategories(final PrintWriter out, final List<FeatureProfile> features) {
        for (final FeatureProfile feature : features) {
            if (!feature.categories().isEmpty()) {
                out.println();
                final TextTable categories = new TextTable(feature.name(), "queries");
                feature.categories()
                        .forEach((category, queries) ->
                                categories.row(category, String.format(Locale.ROOT, "%,d", queries)));
                categories.row("missing", String.format(Locale.ROOT, "%,d", feature.missing()));
                categories.print(out);
            }
        }
    }

    static String decimals(final double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.4f", value);
    }
}
