package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.MonotoneConstraint.Direction;
import io.t1.router.generate.RandomTables;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonotoneCertificateTest {
    @Test
    void demandsWhatTheDefinitionsDemandOfTheFeaturesPresent() {
        assertEquals(List.of(), MonotoneConstraints.requiredFor(List.of("miss_rate", "nqc")));
        assertEquals(
                List.of(new MonotoneConstraint("nl_confidence", OutputName.MIN_CONF_GAIN, Direction.DECREASING)),
                MonotoneConstraints.requiredFor(List.of("nl_confidence")));
        assertEquals(
                5,
                MonotoneConstraints.requiredFor(List.of("miss_rate", "nl_confidence", "query_length", "entropy"))
                        .size());
    }

    /** The oracle: all codes of the feature against all codes of the other one, with no use of slopes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatHoldsByCertificateHoldsForAllCodes(final long seed) {
        final RouterArtifact artifact = RandomTables.artifact(seed, 3, 5, 3);
        assertTrue(MonotoneCertificate.of(artifact).holds());
        assertEquals(
                16L * artifact.monotone().size(),
                MonotoneCertificate.of(artifact).cellsChecked());
        for (final MonotoneConstraint constraint : artifact.monotone()) {
            assertEquals(-1, firstWrongSegment(artifact, constraint), "seed=" + seed + ", " + constraint);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aBrokenTableIsCaughtAndSoundOnesAreNotDoubted(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        int broken = 0;
        for (int step = 0; step < 40; step++) {
            final RouterArtifact artifact = RandomTables.artifact(random.nextLong(), 2, 4, step % 2);
            final MonotoneConstraint constraint =
                    artifact.monotone().get(random.nextInt(artifact.monotone().size()));
            final int feature = artifact.featureIndex(constraint.feature());
            final byte[] knots =
                    artifact.outputs().get(constraint.output().ordinal()).values()[feature];
            knots[random.nextInt(17)] += (byte) random.nextInt(-25, 26);
            final MonotoneCertificate certificate = MonotoneCertificate.of(artifact);
            final int wrong = firstWrongSegment(artifact, constraint);
            final String where = "seed=" + seed + ", step=" + step + ", " + certificate.violations();
            if (wrong >= 0) {
                broken++;
                assertTrue(
                        certificate.violations().stream()
                                .anyMatch(v -> v.constraint().equals(constraint) && v.segment() == wrong),
                        where + " lacks segment " + wrong);
            } else if (artifact.pairs().isEmpty()) {
                assertTrue(certificate.holds(), where);
            }
        }
        assertTrue(broken > 3, "broken=" + broken);
    }

    @Test
    void aSteepPieceMayMakeUpForAFallingPair() {
        final byte[][] grids = new byte[4][81];
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                grids[0][9 * row + column] = (byte) (column == 4 ? -2 * row : 0);
            }
        }
        final RouterArtifact sound = withPair(grids, 1);
        assertTrue(MonotoneCertificate.of(sound).holds());
        final MonotoneCertificate tooFlat = MonotoneCertificate.of(withPair(grids, 0));
        assertFalse(tooFlat.holds());
        final var first = tooFlat.violations().getFirst();
        assertEquals("tau falls with entropy in segment 0: slope=-64 < 0", first.toString());
        assertEquals("$.outputs[0].values[0]", first.path());
    }

    @Test
    void theAccumulatorsRangeIsWhatAllCodesReach() {
        final RouterArtifact artifact = RandomTables.artifact(4, 2, 4, 1);
        for (int o = 0; o < 4; o++) {
            int least = Integer.MAX_VALUE;
            int most = Integer.MIN_VALUE;
            for (int a = 0; a < 256; a++) {
                for (int b = 0; b < 256; b++) {
                    final int acc = GoldenVectors.accumulate(artifact, new int[] {a, b})[o];
                    least = Math.min(least, acc);
                    most = Math.max(most, acc);
                }
            }
            final AccumulatorRange range = AccumulatorRange.of(artifact, o);
            assertTrue(range.least() <= least && most <= range.most(), "output " + o + ": " + range);
            final AccumulatorRange withoutPairs = AccumulatorRange.of(withoutPairs(artifact), o);
            assertTrue(range.most() - range.least() > withoutPairs.most() - withoutPairs.least(), "output " + o);
        }
    }

    @Test
    void withoutPairsTheRangeIsExact() {
        final RouterArtifact artifact = withoutPairs(RandomTables.artifact(4, 2, 4, 1));
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                final int acc = GoldenVectors.accumulate(artifact, new int[] {a, b})[3];
                least = Math.min(least, acc);
                most = Math.max(most, acc);
            }
        }
        assertEquals(new AccumulatorRange(least, most), AccumulatorRange.of(artifact, 3));
    }

    private static RouterArtifact withoutPairs(final RouterArtifact artifact) {
        return new RouterArtifact(
                artifact.key(),
                artifact.features(),
                artifact.outputs(),
                List.of(),
                artifact.monotone(),
                artifact.gate(),
                artifact.frontier(),
                artifact.baseline(),
                artifact.provenance(),
                List.of());
    }

    /** Entropy raises every output by {@code step} a segment, beside a pair of entropy and query length. */
    private static RouterArtifact withPair(final byte[][] grids, final int step) {
        final RouterArtifact random = RandomTables.artifact(1, 2, 4, 0);
        for (final OutputSpec output : random.outputs()) {
            for (int i = 0; i < 17; i++) {
                output.values()[0][i] = (byte) (step * i);
                output.values()[1][i] = (byte) (8 * i - 64);
            }
        }
        return new RouterArtifact(
                random.key(),
                random.features(),
                random.outputs(),
                List.of(new PairSpec(0, 1, grids)),
                random.monotone(),
                random.gate(),
                random.frontier(),
                random.baseline(),
                random.provenance(),
                List.of());
    }

    /** The first segment in which some step of one code moves the output the wrong way, or -1. */
    private static int firstWrongSegment(final RouterArtifact artifact, final MonotoneConstraint constraint) {
        final int feature = artifact.featureIndex(constraint.feature());
        final int output = artifact.outputIndex(constraint.output());
        final int sign = constraint.direction() == Direction.INCREASING ? 1 : -1;
        final int[] codes = new int[artifact.features().size()];
        for (int code = 0; code < 255; code++) {
            for (int others = 0; others < 256; others += 5) {
                Arrays.fill(codes, others);
                codes[feature] = code;
                final int here = GoldenVectors.accumulate(artifact, codes)[output];
                codes[feature] = code + 1;
                if (sign * (GoldenVectors.accumulate(artifact, codes)[output] - here) < 0) {
                    return code / 16;
                }
            }
        }
        return -1;
    }
}
