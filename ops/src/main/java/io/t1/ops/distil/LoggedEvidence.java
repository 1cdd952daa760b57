package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.LoggedArms;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.statistics.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Evidence from a log of one arm a query: for each arm a the doubly robust score {@code mu_a(x) + 1{A=a}/p (Y - mu_a(x))}
 * (Robins, Rotnitzky and Zhao 1994), of nDCG and of latency. Its mean over queries is what the arm gives them, whatever the
 * models mu say; the better they are, the less it spreads.
 *
 * <p>Models are forests, one an arm and outcome, trained without the folds that whoever asks leaves out and without the
 * query's own: with five folds 25 times, once each, those to learn by when they are first asked for (15 in all where one fold
 * is left out at a time). Threading: any. Memory: 66 numbers a query.
 */
final class LoggedEvidence implements Evidence {
    private static final double WINSORISED = 0.995;

    private final List<String> featureNames;
    private final Map<String, List<String>> categories;
    private final float[][] rows;
    private final Folds folds;
    private final long seed;
    private final byte[] arm;
    private final double[] propensity;
    private final double[] ndcg10;
    private final double[] latencyMs;
    private final double[] steadyMs;
    private final int[] rankInFold;
    /** By the folds that models hadn't seen, as bits. */
    private final Map<Integer, ArmOutcomes> models = new TreeMap<>();

    private final TrainingSet all;

    private LoggedEvidence(final LoggedQueries log, final Folds folds, final long seed) {
        final List<LoggedQuery> queries = log.queries();
        featureNames = log.featureNames();
        categories = log.categories();
        rows = queries.stream().map(LoggedQuery::features).toArray(float[][]::new);
        this.folds = folds;
        this.seed = seed;
        arm = new byte[rows.length];
        for (int q = 0; q < arm.length; q++) {
            arm[q] = queries.get(q).arm().code();
        }
        propensity = queries.stream().mapToDouble(LoggedQuery::propensity).toArray();
        ndcg10 = queries.stream().mapToDouble(LoggedQuery::ndcg10).toArray();
        latencyMs = queries.stream()
                .mapToDouble(query -> query.latencyMicros() / 1_000)
                .toArray();
        steadyMs = steady();
        rankInFold = new int[rows.length];
        for (int fold = 0; fold < folds.count(); fold++) {
            final int[] inside = inFold(fold);
            for (int i = 0; i < inside.length; i++) {
                rankInFold[inside[i]] = i;
            }
        }
        train(IntStream.range(0, folds.count()).map(fold -> 1 << fold));
        all = scored(0);
    }

    /** Of a log, judged by the folds of a run. */
    static LoggedEvidence of(final LoggedQueries log, final Folds folds, final long seed, final Progress progress) {
        progress.report("learning what each arm gives", 0, 1);
        final LoggedEvidence evidence = new LoggedEvidence(log, folds, seed);
        progress.report("learning what each arm gives", 1, 1);
        return evidence;
    }

    /** Latencies cut at a high percentile of their arm's. */
    private double[] steady() {
        final double[] most = new double[Arm.COUNT];
        for (int a = 0; a < Arm.COUNT; a++) {
            final int code = a;
            most[a] = Percentiles.nearestRank(
                    IntStream.range(0, arm.length)
                            .filter(q -> arm[q] == code)
                            .mapToDouble(q -> latencyMs[q])
                            .toArray(),
                    WINSORISED);
        }
        final double[] steady = new double[arm.length];
        Arrays.setAll(steady, q -> Math.min(latencyMs[q], most[arm[q]]));
        return steady;
    }

    @Override
    public TrainingSet all() {
        return all;
    }

    @Override
    public TrainingSet without(final int one, final int other) {
        trainToLearnBy(one == other ? 2 : 3);
        return scored(1 << one | 1 << other);
    }

    /** All models that left out two folds, or so many, and aren't there yet. */
    private synchronized void trainToLearnBy(final int folds) {
        final int[] missing = IntStream.range(1, 1 << this.folds.count())
                .filter(unseen -> Integer.bitCount(unseen) >= 2 && Integer.bitCount(unseen) <= folds)
                .filter(unseen -> !models.containsKey(unseen))
                .toArray();
        train(IntStream.of(missing));
    }

    private void train(final IntStream unseen) {
        unseen.boxed()
                .parallel()
                .map(folds -> Map.entry(folds, trained(folds)))
                .toList()
                .forEach(trained -> models.put(trained.getKey(), trained.getValue()));
    }

    private ArmOutcomes trained(final int unseen) {
        final ArmOutcomes outcomes = ArmOutcomes.ofFolds(folds.count());
        for (int a = 0; a < Arm.COUNT; a++) {
            final int code = a;
            final int[] seen = IntStream.of(folds.where(fold -> (unseen >> fold & 1) == 0))
                    .filter(q -> arm[q] == code)
                    .toArray();
            final long drawn = seed + 1_000L * unseen + 10L * a;
            predict(unseen, seen, ndcg10, drawn, outcomes.ndcg10()[a]);
            predict(unseen, seen, steadyMs, drawn + 1, outcomes.latencyMs()[a]);
        }
        return outcomes;
    }

    /** Into {@code [fold][rank]}, of the folds unseen. */
    private void predict(
            final int unseen, final int[] seen, final double[] outcome, final long drawn, final double[][] into) {
        final double[] labels = Arrays.stream(seen).mapToDouble(q -> outcome[q]).toArray();
        final int[] free = new int[featureNames.size()];
        try (BoostedTrees forest = BoostedTrees.train(
                BoostedTrees.Objective.MEAN, ForestSettings.STANDARD, pick(seen), labels, free, drawn)) {
            for (int fold = 0; fold < into.length; fold++) {
                if ((unseen >> fold & 1) != 0) {
                    into[fold] = forest.predict(pick(inFold(fold)));
                }
            }
        }
    }

    private TrainingSet scored(final int left) {
        final int n = rows.length;
        final double[][] gives = new double[Arm.COUNT][n];
        final double[][] takes = new double[Arm.COUNT][n];
        final double[][] takesSteadily = new double[Arm.COUNT][n];
        final double[] skip = new double[n];
        for (int q = 0; q < n; q++) {
            final int fold = folds.of()[q];
            final ArmOutcomes model = Objects.requireNonNull(models.get(left | 1 << fold));
            for (int a = 0; a < Arm.COUNT; a++) {
                final double weight = arm[q] == a ? 1 / propensity[q] : 0;
                final double given = model.ndcg10()[a][fold][rankInFold[q]];
                final double taken = model.latencyMs()[a][fold][rankInFold[q]];
                gives[a][q] = given + weight * (ndcg10[q] - given);
                takes[a][q] = taken + weight * (latencyMs[q] - taken);
                takesSteadily[a][q] = taken + weight * (steadyMs[q] - taken);
            }
            skip[q] = model.latencyMs()[Arm.SKIP.code()][fold][rankInFold[q]];
        }
        final LoggedArms log = new LoggedArms(arm, propensity, latencyMs, skip, takesSteadily);
        return new TrainingSet(featureNames, categories, rows, new MeasuredArms(gives, takes, log));
    }

    private int[] inFold(final int wanted) {
        return folds.where(fold -> fold == wanted);
    }

    private float[][] pick(final int[] places) {
        return Arrays.stream(places).mapToObj(q -> rows[q]).toArray(float[][]::new);
    }

    /** What models expect each arm to give and take, {@code [arm][fold][rank]}; of folds that they saw, empty. */
    private record ArmOutcomes(double[][][] ndcg10, double[][][] latencyMs) {
        static ArmOutcomes ofFolds(final int folds) {
            return new ArmOutcomes(new double[Arm.COUNT][folds][0], new double[Arm.COUNT][folds][0]);
        }
    }
}
