package io.t1.ops.distil;

import io.t1.ops.shapes.ShapeCurve;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputName;
import java.util.List;

/**
 * One student with its teacher and the targets of both, on one training set.
 *
 * @param targets what both are fitted to.
 * @param teacher closed with this.
 * @param taught its outputs of the set's queries, {@code [output][query]}.
 * @param student the table.
 */
record Distillation(Targets targets, OutputTeacher teacher, double[][] taught, Student student)
        implements AutoCloseable {
    /**
     * What all fits of one run share.
     *
     * @param settings of the run.
     * @param frontier of the table.
     * @param forest how forests are grown.
     */
    record Recipe(DistilSettings settings, List<FrontierPoint> frontier, ForestSettings forest) {}

    /**
     * Distils one table.
     *
     * @param expected of the set's queries, by teachers that didn't see them.
     */
    static Distillation of(final TrainingSet set, final Expectations expected, final Recipe recipe) {
        return of(set, expected, recipe, new PhaseClock(PhaseClock.Phase.TEACHER));
    }

    /** The same, which tells a clock what it is at. */
    static Distillation of(
            final TrainingSet set, final Expectations expected, final Recipe recipe, final PhaseClock clock) {
        final DistilSettings settings = recipe.settings();
        clock.enter(PhaseClock.Phase.STUDENT);
        final double price = settings.price()
                .orElseGet(() -> BudgetPrice.at(settings.budget().share(), expected, set.measured()));
        final Targets targets = Targets.of(set, expected, price, recipe.frontier());
        clock.enter(PhaseClock.Phase.TEACHER);
        final OutputTeacher teacher = OutputTeacher.train(set, targets, recipe.forest(), settings.seed());
        clock.enter(PhaseClock.Phase.STUDENT);
        final double[][] taught = teacher.at(set.rows(), expected);
        final Student student = Student.fit(
                set,
                expected,
                targets,
                taught,
                recipe.frontier(),
                settings.effort().pairs());
        return new Distillation(targets, teacher, taught, student);
    }

    /**
     * The curves that led to a table, an output and feature each.
     *
     * @param ships the student's plain body or its paired one: beside pairs, shapes say what these leave.
     */
    List<ShapeCurve> shapes(
            final TrainingSet set,
            final Expectations expected,
            final TableBody ships,
            final List<FrontierPoint> frontier) {
        final double[][] wanted = teacher.at(set.rows(), expected);
        wanted[OutputName.SPEND_CAP_MS.ordinal()] = Targets.breakEvenMs(expected, targets.price(), frontier);
        return StudentShapes.of(set, wanted, student.shapes(), new KnottedModel(student.features(), ships.unrounded()));
    }

    @Override
    public void close() {
        teacher.close();
    }
}
