package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.router.artifact.RouterArtifact;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * Learns a table from more queries than can be cross-fitted.
 *
 * <p>Some queries are held out: no forest grows on them and no table is fitted to them, and so one table, the one that
 * ships, is judged on them, with its teacher and its rivals. Two teachers are grown on all others, a half each; the table
 * learns what each says of the other's half, of half a million queries at most.
 */
final class HeldOutDistiller {
    private static final int FOLDS = 5;
    /** Queries that curves are drawn beside: more don't show more. */
    private static final int DRAWN = 20_000;

    private static final String FITTING = "fitting the table";

    private HeldOutDistiller() {}

    static DistilResult distil(
            final ObservedQueries queries,
            final DistilSettings settings,
            final LargeSets large,
            final Progress progress) {
        final PhaseClock clock = new PhaseClock(PhaseClock.Phase.STUDENT);
        final HashSplit split = large.split(queries.size(), settings.seed());
        final MeasuredQueries taught = queries.pupils(split);
        final TrainingSet pupils = TrainingSet.of(taught);
        final TrainingSet heldOut = TrainingSet.of(queries.heldOut(split));
        Distiller.requireSense(pupils);
        Distiller.requireSense(heldOut);
        clock.enter(PhaseClock.Phase.SEARCH);
        final TrainingSet searched = pupils.first(large.searched());
        final ForestSearch.Found forest = ForestSearch.search(
                Evidence.of(searched),
                Folds.inTurn(searched.size(), FOLDS),
                settings.effort().forests(),
                settings.seed(),
                progress);
        final Distillation.Recipe recipe =
                new Distillation.Recipe(settings, Distiller.frontier(settings, pupils), forest.settings());

        clock.enter(PhaseClock.Phase.TEACHER);
        final Expectations ofPupils;
        final Expectations ofHeldOut;
        try (HalfTeachers teachers = HalfTeachers.grow(queries, split, pupils, forest.settings(), progress)) {
            clock.enter(PhaseClock.Phase.STUDENT);
            ofPupils = teachers.ofPupils(
                    pupils.rows(),
                    IntStream.range(0, pupils.size())
                            .parallel()
                            .map(q -> split.half(
                                    split.hash(taught.queries().get(q).queryId())))
                            .toArray());
            ofHeldOut = teachers.ofUnseen(heldOut.rows());
        }
        final Folds folds = Folds.inTurn(heldOut.size(), FOLDS);
        final Evidence evidence = Evidence.of(heldOut);
        // of the held-out queries alone: done beside the forests of the outputs, which don't fill the processors
        final Optional<ForkJoinTask<Additivity>> additivity = Additivity.begin(evidence, folds, settings);
        progress.report(FITTING, 0, 1);
        try (Distillation fitted = Distillation.of(pupils, ofPupils, recipe, clock)) {
            progress.report(FITTING, 1, 1);
            clock.enter(PhaseClock.Phase.JUDGE);
            final CrossFittedClaims claims = CrossFittedClaims.ofHeldOut(fitted, pupils, heldOut, ofHeldOut, recipe);
            final Judgement judgement = Judgement.of(evidence, folds, claims, additivity, settings, progress);
            clock.enter(PhaseClock.Phase.STUDENT);
            final RouterArtifact table = Distiller.table(fitted.student(), pupils, recipe, claims, judgement);
            final int drawn = Math.min(DRAWN, pupils.size());
            return new DistilResult(
                    table,
                    Distiller.report(table, fitted.student(), judgement, forest),
                    fitted.shapes(
                            pupils.first(drawn),
                            ofPupils.first(drawn),
                            Distiller.body(fitted.student(), judgement),
                            recipe.frontier()),
                    new DistilRun(queries.size(), heldOut.size(), pupils.size(), clock.seconds()));
        }
    }
}
