package io.t1.ops.distil;

import io.t1.codec.TableKey;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.TableOutputs;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;

/**
 * Tables fitted to a slice's queries alone, to what the teachers of all queries expect of them: cross-fitted ones to judge by,
 * and one of all its queries to ship.
 *
 * <p>Claims here are {@code score + tau}, without a table's own mean of tau: at one price both mean the same in every table,
 * since spending pays from 1 on, so claims of several tables are held against one bar.
 *
 * @param queries of the slice among all.
 * @param claims of its queries, by tables that hadn't seen them.
 */
record SliceFit(
        int[] queries, TrainingSet set, Distillation.Recipe recipe, CrossFitting expectations, ClaimedArms claims) {
    /**
     * Learns.
     *
     * @param whole what was learnt from all.
     * @param key of the slice's table.
     */
    static SliceFit of(final Distiller.Learnt whole, final int[] queries, final TableKey key, final Progress progress) {
        final TrainingSet set = whole.set().at(queries);
        final Evidence evidence = Evidence.of(set);
        final Folds folds = whole.folds().at(queries);
        final DistilSettings settings = whole.recipe()
                .settings()
                .withKeyAndPrice(key, whole.result().report().price());
        final Distillation.Recipe recipe = new Distillation.Recipe(
                settings, whole.recipe().frontier(), whole.recipe().forest());
        final CrossFitting expectations = whole.expectations().at(queries);
        final CrossFittedClaims found = CrossFittedClaims.of(evidence, folds, expectations, recipe, progress);
        return new SliceFit(
                queries,
                set,
                recipe,
                expectations,
                absolute(found, whole.judgement().table()));
    }

    /** Claims of a table that can be held against those of another. */
    static ClaimedArms absolute(final CrossFittedClaims found, final FidelityStep table) {
        final ClaimedArms relative = found.claims(table);
        final double[][] said = found.outputs(table);
        final double[] claim = new double[relative.size()];
        for (int q = 0; q < claim.length; q++) {
            claim[q] = Math.clamp(said[OutputName.SCORE.ordinal()][q], 0, 1)
                    + Math.clamp(said[OutputName.TAU.ordinal()][q], 0, 1);
        }
        return new ClaimedArms(claim, relative.fullBecomes(), relative.cheapBecomes());
    }

    /** What a table claims of queries, on the same scale. */
    static ClaimedArms absolute(final RouterArtifact table, final TrainingSet set) {
        return new ArmAdmission(table, 0).admit(TableOutputs.of(table, set.featureNames(), set.rows()));
    }

    /** {@code all} with this slice's claims in their places. */
    ClaimedArms into(final ClaimedArms all, final ClaimedArms ofSlice) {
        final double[] claim = all.claim().clone();
        final byte[] full = all.fullBecomes().clone();
        final byte[] cheap = all.cheapBecomes().clone();
        for (int i = 0; i < queries.length; i++) {
            claim[queries[i]] = ofSlice.claim()[i];
            full[queries[i]] = ofSlice.fullBecomes()[i];
            cheap[queries[i]] = ofSlice.cheapBecomes()[i];
        }
        return new ClaimedArms(claim, full, cheap);
    }

    /** The table of all the slice's queries, its gate closed. */
    Shipped table(final FidelityStep step) {
        try (Distillation fitted = Distillation.of(set, expectations.ofAll(), recipe)) {
            final Student student = fitted.student();
            final TableBody body = step == FidelityStep.PAIRS ? student.paired() : student.plain();
            return new Shipped(TableDraft.of(student, body, recipe), student);
        }
    }

    /** A table without a gate, and the student that it is. */
    record Shipped(RouterArtifact table, Student student) {}
}
