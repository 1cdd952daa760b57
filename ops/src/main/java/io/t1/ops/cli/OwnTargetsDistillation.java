package io.t1.ops.cli;

import io.t1.ops.distil.OwnTargetsDistiller;
import io.t1.ops.distil.OwnTargetsReport;
import io.t1.ops.distil.OwnTargetsResult;
import io.t1.ops.distil.RouterDistillationConfig;
import io.t1.ops.distil.TargetFidelity;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.TargetObservations;
import io.t1.router.artifact.OutputName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code t1 distil --targets own}: learns from the user's columns, writes a table with a closed gate and says what opens it.
 *
 * @param observations files, folders or globs.
 * @param out where the table goes.
 */
record OwnTargetsDistillation(
        List<String> observations, TableFileOptions out, BadRowOptions badRows, ExploreOptions explore) {
    /**
     * Runs it.
     *
     * @param configuring gives the standard configuration the traffic, the arms and the seed.
     */
    OwnTargetsResult run(
            final List<String> features,
            final UnaryOperator<RouterDistillationConfig> configuring,
            final PrintWriter console,
            final OutputOptions output) {
        final TargetObservations read;
        final OwnTargetsResult result;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            read = new ObservationReader(features, badRows.policy()).readTargets(observations, progress);
            LearnableQueries.require(observations, read.queries());
            final RouterDistillationConfig config = configuring.apply(
                    RouterDistillationConfig.of(read.queries().featureNames().toArray(new String[0])));
            final OwnTargetsResult fitted = OwnTargetsDistiller.distil(read.queries(), config, read.inputs(), progress);
            result = new OwnTargetsResult(explore.on(fitted.artifact()), fitted.report());
            out.write(result.artifact());
        }
        print(console, read, result);
        if (output.json()) {
            Json.print(console, Line.of(read, result, out));
        }
        return result;
    }

    private void print(final PrintWriter console, final TargetObservations read, final OwnTargetsResult result) {
        final OwnTargetsReport report = result.report();
        console.println(String.format(
                Locale.ROOT,
                "%,d queries with targets of your own from %,d rows of %d file%s, %d features",
                report.queries(),
                read.rows(),
                read.inputs().size(),
                read.inputs().size() == 1 ? "" : "s",
                report.features()));
        badRows.print(console, read.badRows());
        console.println();
        console.println("fidelity to the targets, step by step, R2 on queries that weren't learnt from:");
        final List<String> outputs =
                List.copyOf(report.fidelity().getFirst().r2ByOutput().keySet());
        final List<String> header = new ArrayList<>(List.of("step"));
        header.addAll(outputs);
        final TextTable table = new TextTable(header.toArray(new String[0]));
        for (final TargetFidelity step : report.fidelity()) {
            final List<String> row = new ArrayList<>(List.of(step.step().name()));
            outputs.forEach(output ->
                    row.add(String.format(Locale.ROOT, "%.4f", step.r2ByOutput().get(output))));
            table.row(row.toArray(new String[0]));
        }
        table.print(console);
        console.println(DistilText.certificate(report.certificate()));
        console.println("targets say nothing of what spending gains: " + OutputName.SCORE.jsonName()
                + " is 0.5 for every query, and the gate is closed, so every query gets the baseline");
        out.print(console, result.artifact());
        console.println(
                "next: t1 gate " + out.name() + " OBS --out FILE opens it, on queries measured under every arm");
    }

    /** What {@code --json} prints. */
    private record Line(
            String targets,
            String status,
            int queries,
            long rows,
            Map<String, Long> badRows,
            int features,
            List<TargetFidelity> fidelity,
            DistilJson.Certificate certificate,
            String table,
            String sha256) {
        static Line of(final TargetObservations read, final OwnTargetsResult result, final TableFileOptions out) {
            return new Line(
                    "own",
                    "CLOSED",
                    result.report().queries(),
                    read.rows(),
                    read.badRows(),
                    result.report().features(),
                    result.report().fidelity(),
                    DistilJson.Certificate.of(result.report().certificate()),
                    out.name(),
                    TableFileOptions.sha256(result.artifact()));
        }
    }
}
