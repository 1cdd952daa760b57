package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.TableOutputs;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.RouterArtifact;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What teacher, student and the steps between them claim of queries that they haven't seen: five students, each fitted
 * without a fold, speak of it.
 *
 * @param expected by the teacher, of each query.
 * @param teacher its claims.
 * @param steps the claims of each step; the last are the table's own.
 * @param teacherOutputs what a student should say of each output, by the teacher: unclamped, {@code [output][query]}.
 * @param outputs of each step, the same.
 */
record CrossFittedClaims(
        Expectations expected,
        ClaimedArms teacher,
        Map<FidelityStep, ClaimedArms> steps,
        double[][] teacherOutputs,
        Map<FidelityStep, double[][]> outputs) {
    private static final int OUTPUTS = OutputName.values().length;
    private static final int CAP = OutputName.SPEND_CAP_MS.ordinal();
    private static final int TAU = OutputName.TAU.ordinal();
    /** Queries that tau's mean is taken over: claims less it, of students that saw other folds, are held against one bar. */
    private static final int MEANT = 20_000;

    /** Fits a student without each fold, and asks all of that fold's queries. */
    static CrossFittedClaims of(
            final Evidence evidence,
            final Folds folds,
            final CrossFitting expectations,
            final Distillation.Recipe recipe,
            final Progress progress) {
        final TrainingSet set = evidence.all();
        final CrossFittedClaims all = empty(expectations.ofAll(), recipe);
        for (int k = 0; k < folds.count(); k++) {
            progress.report("fitting tables", k, folds.count() + 1L);
            final int judged = k;
            final int[] seen = folds.where(fold -> fold != judged);
            final int[] unseen = folds.where(fold -> fold == judged);
            final TrainingSet part = evidence.without(judged, judged).at(seen);
            final Expectations expected = expectations.outside(judged).at(seen);
            try (Distillation fitted = Distillation.of(part, expected, recipe)) {
                all.ask(fitted, part, set.at(unseen), expectations.ofAll().at(unseen), unseen, recipe);
            }
        }
        progress.report("fitting tables", folds.count(), folds.count() + 1L);
        return all;
    }

    /**
     * Asks one student, and its teacher, of queries that neither saw.
     *
     * @param seen what it was fitted on.
     * @param unseen the others.
     */
    static CrossFittedClaims ofHeldOut(
            final Distillation fitted,
            final TrainingSet seen,
            final TrainingSet unseen,
            final Expectations expectedOfUnseen,
            final Distillation.Recipe recipe) {
        final CrossFittedClaims all = empty(expectedOfUnseen, recipe);
        all.ask(
                fitted,
                seen,
                unseen,
                expectedOfUnseen,
                IntStream.range(0, unseen.size()).toArray(),
                recipe);
        return all;
    }

    private static CrossFittedClaims empty(final Expectations expected, final Distillation.Recipe recipe) {
        final int n = expected.size();
        final FidelityStep last = recipe.settings().effort().pairs() > 0 ? FidelityStep.PAIRS : FidelityStep.INT8;
        final Map<FidelityStep, ClaimedArms> steps = new EnumMap<>(FidelityStep.class);
        final Map<FidelityStep, double[][]> outputs = new EnumMap<>(FidelityStep.class);
        for (final FidelityStep step : EnumSet.range(FidelityStep.SHAPES, last)) {
            steps.put(step, noClaims(n));
            outputs.put(step, new double[OUTPUTS][n]);
        }
        return new CrossFittedClaims(expected, noClaims(n), steps, new double[OUTPUTS][n], outputs);
    }

    private static ClaimedArms noClaims(final int n) {
        return new ClaimedArms(new double[n], new byte[n], new byte[n]);
    }

    private void ask(
            final Distillation fitted,
            final TrainingSet seen,
            final TrainingSet unseen,
            final Expectations expectedOfUnseen,
            final int[] places,
            final Distillation.Recipe recipe) {
        final double[][] taught = fitted.teacher().at(unseen.rows(), expectedOfUnseen);
        put(lifted(fitted, taught, recipe.frontier()), teacher, places);
        taught[CAP] = Targets.breakEvenMs(expectedOfUnseen, fitted.targets().price(), recipe.frontier());
        put(taught, teacherOutputs, places);
        final float[][] meant = evenly(seen.rows());
        // each step has columns of its own
        fitted.student().steps().entrySet().parallelStream().forEach(ofStep -> {
            final FidelityStep step = ofStep.getKey();
            final OutputModel model = ofStep.getValue();
            final double[][] said = model.at(unseen.rows());
            put(said, of(outputs, step), places);
            if (step.compareTo(FidelityStep.INT8) < 0) {
                put(claims(model.at(meant)[TAU], said, recipe.frontier()), of(steps, step), places);
            }
            if (step == FidelityStep.INT8) {
                askTheTable(fitted, fitted.student().plain(), step, meant, unseen, places, recipe);
            }
            if (step == FidelityStep.PAIRS) {
                askTheTable(fitted, fitted.student().paired(), step, meant, unseen, places, recipe);
            }
        });
    }

    /** By the classes that the sidecar decides with. */
    private void askTheTable(
            final Distillation fitted,
            final TableBody body,
            final FidelityStep step,
            final float[][] meant,
            final TrainingSet unseen,
            final int[] places,
            final Distillation.Recipe recipe) {
        final RouterArtifact table = TableDraft.of(fitted.student(), body, recipe);
        final float tauMean =
                (float) TableOutputs.of(table, unseen.featureNames(), meant).meanTau();
        final TableOutputs said = TableOutputs.of(table, unseen.featureNames(), unseen.rows());
        put(new ArmAdmission(table, tauMean).admit(said), of(steps, step), places);
    }

    private static float[][] evenly(final float[][] rows) {
        final int count = Math.min(rows.length, MEANT);
        return IntStream.range(0, count)
                .mapToObj(i -> rows[(int) ((long) i * rows.length / count)])
                .toArray(float[][]::new);
    }

    private static float mean(final double[] tau) {
        return (float)
                Arrays.stream(tau).map(one -> Math.clamp(one, 0, 1)).average().orElse(0);
    }

    /** As a table with these outputs would claim. */
    private static ClaimedArms claims(
            final double[] tauOfSeen, final double[][] ofUnseen, final List<FrontierPoint> frontier) {
        return new ArmAdmission(frontier, mean(tauOfSeen))
                .admit(asFloats(ofUnseen, frontier, SpendCap.least(frontier)));
    }

    /** What the teacher claims: with caps of its own, which are costs of arms, lifted so that FULL is admitted where it pays. */
    private static ClaimedArms lifted(
            final Distillation fitted, final double[][] ofUnseen, final List<FrontierPoint> frontier) {
        final double[][] ofSeen = fitted.taught();
        final double lift = SpendCap.lift(ofSeen[CAP], fitted.targets().bestArm(), frontier) * (1 + 1e-6);
        final double[][] liftedOfUnseen = ofUnseen.clone();
        liftedOfUnseen[CAP] = Arrays.stream(ofUnseen[CAP])
                .map(capMs -> Math.max(0, capMs + lift))
                .toArray();
        return new ArmAdmission(frontier, mean(ofSeen[TAU])).admit(asFloats(liftedOfUnseen, frontier, 0));
    }

    private static TableOutputs asFloats(
            final double[][] outputs, final List<FrontierPoint> frontier, final float leastCapMs) {
        final float[][] clamped = new float[OUTPUTS][outputs[0].length];
        for (final OutputName name : OutputName.values()) {
            final int o = name.ordinal();
            final float least = name == OutputName.SPEND_CAP_MS ? leastCapMs : Student.least(name, frontier);
            for (int q = 0; q < clamped[o].length; q++) {
                clamped[o][q] = Math.clamp((float) outputs[o][q], least, Student.most(name, frontier));
            }
        }
        return new TableOutputs(clamped[0], clamped[1], clamped[2], clamped[3], clamped[4]);
    }

    private static void put(final double[][] from, final double[][] into, final int[] places) {
        for (int o = 0; o < into.length; o++) {
            for (int i = 0; i < places.length; i++) {
                into[o][places[i]] = from[o][i];
            }
        }
    }

    private static void put(final ClaimedArms from, final ClaimedArms into, final int[] places) {
        for (int i = 0; i < places.length; i++) {
            into.claim()[places[i]] = from.claim()[i];
            into.fullBecomes()[places[i]] = from.fullBecomes()[i];
            into.cheapBecomes()[places[i]] = from.cheapBecomes()[i];
        }
    }

    private static <T> T of(final Map<FidelityStep, T> steps, final FidelityStep step) {
        final T of = steps.get(step);
        if (of == null) {
            throw new IllegalStateException("no " + step);
        }
        return of;
    }

    /** The claims of a step. */
    ClaimedArms claims(final FidelityStep step) {
        return of(steps, step);
    }

    /** The outputs of a step, unclamped, {@code [output][query]}. */
    double[][] outputs(final FidelityStep step) {
        return of(outputs, step);
    }

    /** The score of a table, INT8 or PAIRS, clamped. */
    double[] score(final FidelityStep table) {
        return Arrays.stream(outputs(table)[OutputName.SCORE.ordinal()])
                .map(score -> Math.clamp(score, 0, 1))
                .toArray();
    }
}
