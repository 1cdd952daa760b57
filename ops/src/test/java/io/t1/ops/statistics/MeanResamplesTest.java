package io.t1.ops.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the fast ways of resampling draw from the very distributions that the plain ones do. */
class MeanResamplesTest {
    private static final int DRAWS = 200_000;
    private static final int RESAMPLES = 20_000;
    /** A right draw exceeds this one time in a million. */
    private static final double FAR = 4.75;

    @ParameterizedTest
    @CsvSource({
        "1, 0.3",
        "7, 0.999",
        "40, 0.05",
        "40, 0.2499",
        "40, 0.25",
        "40, 0.5",
        "40, 0.75",
        "1000, 0.011",
        "1000, 0.009",
        "100000, 0.0001",
        "100000, 0.044",
        "100000, 0.956",
        "100000, 0.5",
        "2000000000, 0.3"
    })
    void aBinomialDrawHasTheBinomialsProbabilities(final int trials, final double chance) {
        final SplittableRandom random = new SplittableRandom(trials + (long) (1e6 * chance));
        final int bins = 24;
        final double mean = trials * chance;
        final double deviation = Math.sqrt(mean * (1 - chance));
        final long[] tops = IntStream.range(0, bins)
                .mapToLong(bin -> (long) Math.floor(mean + (bin - bins / 2.0 + 1) * deviation / 4))
                .toArray();
        tops[bins - 1] = trials;
        final int[] seen = new int[bins];
        for (int i = 0; i < DRAWS; i++) {
            final int drawn = BinomialDraw.of(trials, chance, random);
            assertTrue(drawn >= 0 && drawn <= trials, "drawn=" + drawn);
            int bin = 0;
            while (drawn > tops[bin]) {
                bin++;
            }
            seen[bin]++;
        }
        final double[] expected = binned(trials, chance, tops);
        for (int bin = 0; bin < bins; bin++) {
            final double error = Math.sqrt(DRAWS * expected[bin] * (1 - expected[bin]));
            final double off = Math.abs(seen[bin] - DRAWS * expected[bin]);
            assertTrue(
                    off <= FAR * error + 1.5,
                    "up to " + tops[bin] + ": " + seen[bin] + " draws, expected " + DRAWS * expected[bin]);
        }
    }

    /** Probabilities of up to each top, by adding up outwards from the mode what none of the code under test computes. */
    private static double[] binned(final int trials, final double chance, final long[] tops) {
        final long mode = (long) Math.floor((trials + 1.0) * chance);
        final double reach = 12 * Math.sqrt(trials * chance * (1 - chance)) + 30;
        final long low = (long) Math.max(0, mode - reach);
        final long high = (long) Math.min(trials, mode + reach);
        final double[] mass = new double[(int) (high - low + 1)];
        mass[(int) (mode - low)] = 1;
        for (long k = mode + 1; k <= high; k++) {
            mass[(int) (k - low)] = mass[(int) (k - 1 - low)] * (trials - k + 1) / k * (chance / (1 - chance));
        }
        for (long k = mode - 1; k >= low; k--) {
            mass[(int) (k - low)] = mass[(int) (k + 1 - low)] * (k + 1) / (trials - k) / (chance / (1 - chance));
        }
        final double total = Arrays.stream(mass).sum();
        final double[] binned = new double[tops.length];
        for (int i = 0; i < mass.length; i++) {
            int bin = 0;
            while (low + i > tops[bin]) {
                bin++;
            }
            binned[bin] += mass[i] / total;
        }
        return binned;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 26, 1_000, 100_000, 3 << 29, Integer.MAX_VALUE})
    void everyIndexIsAsLikelyAsAnyOther(final int bound) {
        final int[] indexes = new int[DRAWS + 1]; // an odd number: the last is drawn alone
        UniformIndexes.fill(indexes, indexes.length, bound, new SplittableRandom(bound));
        final int parts = Math.min(bound, 24); // of 3 << 29 numbers every third would come twice, were none drawn again
        final int[] seen = new int[parts];
        final int[] seenByRest = new int[3];
        for (final int index : indexes) {
            assertTrue(index >= 0 && index < bound, "index=" + index);
            seen[(int) ((long) index * parts / bound)]++;
            seenByRest[index % 3]++;
        }
        for (int part = 0; part < parts; part++) {
            final int which = part;
            final double share = 1.0
                    * ((((long) which + 1) * bound + parts - 1) / parts - ((long) which * bound + parts - 1) / parts)
                    / bound;
            assertNear(seen[part], share, "part " + part);
        }
        for (int rest = 0; rest < 3; rest++) {
            final long such = (bound - rest + 2L) / 3;
            assertNear(seenByRest[rest], 1.0 * such / bound, "rest " + rest);
        }
    }

    private static void assertNear(final int seen, final double share, final String what) {
        final double n = DRAWS + 1;
        assertTrue(
                Math.abs(seen - n * share) <= FAR * Math.sqrt(n * share * (1 - share)) + 1e-6,
                what + ": " + seen + " of " + n + ", expected " + n * share);
    }

    static Stream<Arguments> samples() {
        final SplittableRandom random = new SplittableRandom(5);
        final DoubleSupplier gain = () -> 1 / (Math.log(2 + random.nextInt(10)) / Math.log(2));
        return Stream.of(
                Arguments.of("all different", random.doubles(700, -1, 1).toArray()),
                Arguments.of(
                        "mostly zero",
                        IntStream.range(0, 900)
                                .mapToDouble(i -> i < 840 ? 0 : random.nextDouble() - 0.3)
                                .toArray()),
                Arguments.of(
                        "a few values, often",
                        IntStream.range(0, 900)
                                .mapToDouble(i -> i % 3 == 0 ? 0.25 : i % 3 - 1.5)
                                .toArray()),
                Arguments.of(
                        "differences of nDCG",
                        IntStream.range(0, 1_500)
                                .mapToDouble(i -> random.nextInt(5) > 0 ? 0 : gain.getAsDouble() - 0.5)
                                .toArray()),
                Arguments.of(
                        "one far off",
                        IntStream.range(0, 300)
                                .mapToDouble(i -> i == 0 ? 8 : random.nextDouble())
                                .toArray()));
    }

    /** Kolmogorov and Smirnov's distance between as many plain resamples; under 1.95 in 999 of 1,000 right draws. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void meansAreDistributedAsThoseDrawnValueByValue(final String name, final double[] sample) {
        final double[] plain = plainMeans(sample, RESAMPLES, 11);
        final double[] fast = new double[RESAMPLES];
        MeanResamples.of(sample).draw(fast, 0, RESAMPLES, new SplittableRandom(12));
        Arrays.sort(fast);
        Arrays.sort(plain);
        final double tie = 1e-9 * (plain[RESAMPLES - 1] - plain[0]); // sums are rounded in another order
        double distance = 0;
        int behind = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            if (i + 1 < RESAMPLES && plain[i + 1] - plain[i] <= tie) {
                continue; // up to the last of equal ones
            }
            while (behind < RESAMPLES && fast[behind] <= plain[i] + tie) {
                behind++;
            }
            distance = Math.max(distance, Math.abs(behind - (i + 1.0)) / RESAMPLES);
        }
        assertTrue(distance * Math.sqrt(RESAMPLES / 2.0) < 1.95, "distance=" + distance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void boundsAreThoseOfPlainResamplingWithinMonteCarloError(final String name, final double[] sample) {
        final BcaBootstrap bootstrap = new BcaBootstrap(RESAMPLES, 3, 0.95);
        final BcaEstimate fast = bootstrap.ofMean(sample);
        final BcaEstimate plain =
                bootstrap.of(sample, drawn -> Arrays.stream(drawn).sum() / drawn.length);
        // the 2.5th percentile of 20,000 is uncertain by about 0.02 deviations
        final double error = 0.1 * (plain.hi() - plain.lo()) / 3.92;
        assertEquals(plain.estimate(), fast.estimate(), 1e-12);
        assertEquals(plain.lo(), fast.lo(), error);
        assertEquals(plain.hi(), fast.hi(), error);
        assertEquals(plain.lowerBound(), fast.lowerBound(), error);
        assertEquals(plain.upperBound(), fast.upperBound(), error);
    }

    private static double[] plainMeans(final double[] sample, final int resamples, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] means = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            double sum = 0;
            for (int i = 0; i < sample.length; i++) {
                sum += sample[random.nextInt(sample.length)];
            }
            means[b] = sum / sample.length;
        }
        return means;
    }
}
