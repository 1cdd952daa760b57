package io.t1.ops.distil;

import io.t1.ops.statistics.IsotonicRegression;
import io.t1.router.artifact.OutputName;
import java.util.stream.IntStream;

/**
 * The teacher's word on each of a table's outputs: forests that keep the directions, trained on the targets, for
 * {@code tau}, {@code spend_cap_ms} and {@code min_conf_gain}; the calibrated chance of benefit for {@code score}; and
 * the expected gain of FULL.
 */
final class OutputTeacher implements AutoCloseable {
    private static final OutputName[] DIRECTED = {OutputName.TAU, OutputName.SPEND_CAP_MS, OutputName.MIN_CONF_GAIN};

    private final BoostedTrees[] directed = new BoostedTrees[DIRECTED.length];
    private final IsotonicRegression calibration;

    private OutputTeacher(
            final TrainingSet set, final Targets targets, final ForestSettings settings, final long seed) {
        calibration = targets.calibration();
        // a thread each: sums within a forest have one order
        IntStream.range(0, DIRECTED.length)
                .parallel()
                .forEach(i -> directed[i] = BoostedTrees.train(
                        BoostedTrees.Objective.MEAN,
                        settings,
                        set.rows(),
                        target(targets, DIRECTED[i]),
                        Directions.constraints(set.directions(DIRECTED[i])),
                        seed + DIRECTED[i].ordinal()));
    }

    static OutputTeacher train(
            final TrainingSet set, final Targets targets, final ForestSettings settings, final long seed) {
        return new OutputTeacher(set, targets, settings, seed);
    }

    private static double[] target(final Targets targets, final OutputName output) {
        return switch (output) {
            case TAU -> targets.tau();
            case SPEND_CAP_MS -> targets.spendCapMs();
            case MIN_CONF_GAIN -> targets.minConfGain();
            case SCORE -> targets.score();
            case EXPECTED_GAIN -> targets.expectedGain();
        };
    }

    /**
     * Outputs of queries, unclamped, {@code [output][query]}.
     *
     * @param expected of the same queries, by teachers that didn't see them.
     */
    double[][] at(final float[][] rows, final Expectations expected) {
        final double[][] outputs = new double[OutputName.values().length][];
        IntStream.range(0, DIRECTED.length)
                .parallel()
                .forEach(i -> outputs[DIRECTED[i].ordinal()] = directed[i].predict(rows));
        final double[] score = new double[rows.length];
        for (int q = 0; q < score.length; q++) {
            score[q] = calibration.at(expected.benefitChance()[q]);
        }
        outputs[OutputName.SCORE.ordinal()] = score;
        outputs[OutputName.EXPECTED_GAIN.ordinal()] = expected.fullGain();
        return outputs;
    }

    @Override
    public void close() {
        for (final BoostedTrees trees : directed) {
            trees.close();
        }
    }
}
