package io.t1.ops.distil;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.observation.TargetQueries;
import io.t1.ops.statistics.Agreement;
import io.t1.router.artifact.MonotoneCertificate;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a table from queries with targets of a user's own, and says how well such tables follow the targets of queries
 * that they haven't seen: five more, each fitted without a fold, speak of it.
 */
public final class OwnTargetsDistiller {
    private static final int FOLDS = 5;
    private static final String CROSS_FITTED = "cross_fitted_r2_";

    private OwnTargetsDistiller() {}

    /**
     * Distils. The same queries, configuration and inputs give the same table, byte for byte.
     *
     * @param ofNumbers how; categories are the queries' own.
     * @param inputs where the queries came from.
     * @throws BadInputException if something in the queries isn't as {@link MonotoneRouterDistiller#fit} needs it.
     */
    public static OwnTargetsResult distil(
            final TargetQueries queries,
            final RouterDistillationConfig ofNumbers,
            final List<Provenance.Input> inputs,
            final Progress progress) {
        RouterDistillationConfig config = ofNumbers;
        for (final Map.Entry<String, List<String>> column : queries.categories().entrySet()) {
            config = config.withCategories(column.getKey(), column.getValue());
        }
        final OwnTargets own = checked(queries, config);
        final List<TargetFidelity> fidelity =
                fidelity(own, config, Folds.of(queries.queryIds(), FOLDS, config.seed()), progress);
        final Map<String, Double> metrics = new TreeMap<>();
        fidelity.getLast().r2ByOutput().forEach((output, r2) -> metrics.put(CROSS_FITTED + output, r2));
        final RouterArtifact table =
                OwnTargetsTable.of(config, own, new OwnTargetsTable.Origin(TableDraft.TOOL, inputs, metrics));
        progress.report("fitting tables", FOLDS + 1L, FOLDS + 1L);
        return new OwnTargetsResult(
                table,
                new OwnTargetsReport(
                        queries.size(), config.featureNames().size(), fidelity, MonotoneCertificate.of(table)));
    }

    private static OwnTargets checked(final TargetQueries queries, final RouterDistillationConfig config) {
        try {
            return OwnTargets.checked(
                    config,
                    queries.features(),
                    queries.tau(),
                    queries.spendCapMs(),
                    queries.minConfGain(),
                    queries.weights());
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<TargetFidelity> fidelity(
            final OwnTargets own, final RouterDistillationConfig config, final Folds folds, final Progress progress) {
        final Map<FidelityStep, double[][]> said = new EnumMap<>(FidelityStep.class);
        for (int k = 0; k < folds.count(); k++) {
            progress.report("fitting tables", k, folds.count() + 1L);
            final int judged = k;
            final int[] unseen = folds.where(fold -> fold == judged);
            final OwnTargets seen = own.at(folds.where(fold -> fold != judged));
            final float[][] rows = own.at(unseen).rows();
            OwnTargetsFit.of(config.featureNames(), seen).steps().forEach((step, model) -> {
                final double[][] all =
                        said.computeIfAbsent(step, of -> new double[OwnTargets.OUTPUTS.size()][own.rows().length]);
                final double[][] outputs = model.at(rows);
                for (int o = 0; o < all.length; o++) {
                    for (int i = 0; i < unseen.length; i++) {
                        all[o][unseen[i]] = outputs[o][i];
                    }
                }
            });
        }
        final List<TargetFidelity> fidelity = new ArrayList<>();
        said.forEach((step, outputs) -> fidelity.add(new TargetFidelity(step, r2ByOutput(own, outputs))));
        return List.copyOf(fidelity);
    }

    private static Map<String, Double> r2ByOutput(final OwnTargets own, final double[][] said) {
        final Map<String, Double> byOutput = new TreeMap<>();
        for (final OutputName name : OwnTargets.OUTPUTS) {
            final double[] target = own.targets()[name.ordinal()];
            if (OwnTargets.varies(target)) {
                byOutput.put(name.jsonName(), Agreement.rSquared(target, said[name.ordinal()], own.weights()));
            }
        }
        return byOutput;
    }
}
