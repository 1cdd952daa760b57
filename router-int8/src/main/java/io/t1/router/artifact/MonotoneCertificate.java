package io.t1.router.artifact;

import io.t1.router.artifact.MonotoneConstraint.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * What an exact walk over a table found of its monotone constraints.
 *
 * <p>A cell is one segment of one constraint. In it, the accumulator's slope along the feature is
 * {@code 64 * (k[s+1] - k[s])} a code, plus, for each pair with the feature, {@code 32 *} the difference of the grid
 * between the two lines that enclose the segment, taken at the worst of the other feature's nine lines: between lines
 * the slope is their weighted mean, so never worse than the worst line. Source: definitions, "Monotone".
 *
 * @param cellsChecked constraints times 16.
 * @param violations the cells whose slope has the wrong sign; empty for a table that keeps its word.
 */
public record MonotoneCertificate(long cellsChecked, List<Violation> violations) {
    /** Segments a feature. */
    private static final int SEGMENTS = 16;

    /**
     * A segment where an output moves the wrong way.
     *
     * @param constraint the constraint that is broken.
     * @param featureIndex the feature's place in the table.
     * @param outputIndex the output's place in the table.
     * @param segment 0 to 15: between knots {@code segment} and {@code segment + 1}.
     * @param slope the worst change of the accumulator a code.
     */
    public record Violation(MonotoneConstraint constraint, int featureIndex, int outputIndex, int segment, int slope) {
        /** Where, as a JSON path. */
        public String path() {
            return "$.outputs[" + outputIndex + "].values[" + featureIndex + "]";
        }

        @Override
        public String toString() {
            final boolean mustRise = constraint.direction() == Direction.INCREASING;
            return constraint.output().jsonName() + (mustRise ? " falls" : " rises") + " with " + constraint.feature()
                    + " in segment " + segment + ": slope=" + slope + (mustRise ? " < 0" : " > 0");
        }
    }

    /** Whether every constraint holds in every segment. */
    public boolean holds() {
        return violations.isEmpty();
    }

    /**
     * Walks every cell of the artifact's own constraints.
     *
     * @throws IllegalArgumentException if a constraint names a feature or an output that the artifact lacks.
     */
    public static MonotoneCertificate of(final RouterArtifact artifact) {
        final List<Violation> violations = new ArrayList<>();
        for (final MonotoneConstraint constraint : artifact.monotone()) {
            final int feature = artifact.featureIndex(constraint.feature());
            final int output = artifact.outputIndex(constraint.output());
            if (feature < 0 || output < 0) {
                throw new IllegalArgumentException(constraint + " names what the table lacks");
            }
            for (int segment = 0; segment < SEGMENTS; segment++) {
                final int slope = worstSlope(artifact, feature, output, segment, constraint.direction());
                if (constraint.direction() == Direction.INCREASING ? slope < 0 : slope > 0) {
                    violations.add(new Violation(constraint, feature, output, segment, slope));
                }
            }
        }
        return new MonotoneCertificate((long) SEGMENTS * artifact.monotone().size(), List.copyOf(violations));
    }

    private static int worstSlope(
            final RouterArtifact artifact,
            final int feature,
            final int output,
            final int segment,
            final Direction direction) {
        final byte[] knots = artifact.outputs().get(output).values()[feature];
        int slope = 64 * (knots[segment + 1] - knots[segment]);
        for (final PairSpec pair : artifact.pairs()) {
            if (pair.first() == feature) {
                slope += 32 * worstStep(pair.grids()[output], segment / 2, PairSpec.LINES, 1, direction);
            } else if (pair.second() == feature) {
                slope += 32 * worstStep(pair.grids()[output], segment / 2, 1, PairSpec.LINES, direction);
            }
        }
        return slope;
    }

    private static int worstStep(
            final byte[] grid, final int line, final int along, final int across, final Direction direction) {
        int worst = grid[(line + 1) * along] - grid[line * along];
        for (int other = 1; other < PairSpec.LINES; other++) {
            final int step = grid[(line + 1) * along + other * across] - grid[line * along + other * across];
            worst = direction == Direction.INCREASING ? Math.min(worst, step) : Math.max(worst, step);
        }
        return worst;
    }
}
