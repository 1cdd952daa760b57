package io.t1.router;

import io.t1.router.generate.RandomTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Which kernel to use on this machine, and what was measured to say so.
 *
 * <p>Each available kernel is warmed up on a random table of the real shape, then timed in turns; the median of the
 * rounds counts. Which is fastest depends on the machine: in-register shuffles gain by the width of the registers, the
 * lookup by the cache.
 *
 * <p>Until C2 has compiled it, a vector kernel makes an object of every vector and takes thousands of nanoseconds a
 * decision. With a short warm-up the lookup wins, which is the safe choice. Give a warm-up of seconds on a thread of its
 * own, deciding by the lookup meanwhile: it ends as soon as the vector kernel is the fastest.
 *
 * @param kind the kernel to bind.
 * @param nanosPerDecision median nanoseconds a decision, by kernel; empty when the kernel was named by flag.
 */
public record KernelCalibration(KernelKind kind, Map<KernelKind, Double> nanosPerDecision) {
    /** Let the measurement decide. */
    public static final String AUTO = "auto";

    /** Decisions a batch. */
    private static final int BATCH = 256;

    /** So many batches in a row faster than any of the other kernels': compiled. */
    private static final int ENOUGH = 20;

    private static final int ROUNDS = 15;

    public KernelCalibration {
        nanosPerDecision = Map.copyOf(nanosPerDecision);
    }

    /**
     * Chooses a kernel.
     *
     * @param flag {@code auto}, or a kernel's name, which is then taken unmeasured.
     * @param features of the tables to come, 1 to 16.
     * @param outputs 4 or 5.
     * @param pairs 0 to 8.
     * @param warmUp longest warm-up of the vector kernel; the others get an eighth each. Measuring takes a few
     *     milliseconds more.
     * @throws IllegalArgumentException if no kernel has this name, or it isn't available here.
     */
    public static KernelCalibration choose(
            final String flag, final int features, final int outputs, final int pairs, final Duration warmUp) {
        if (!flag.equals(AUTO)) {
            return new KernelCalibration(named(flag), Map.of());
        }
        try (RouterTable table = RouterTable.of(RandomTables.artifact(1, features, outputs, pairs))) {
            final Map<KernelKind, Double> nanos = measure(table, warmUp, System::nanoTime);
            return new KernelCalibration(fastest(nanos), nanos);
        }
    }

    /** For the log: {@code kernel=lookup (scalar 41.2, lookup 2.6, vector 3.1 ns/decision)}. */
    @Override
    public String toString() {
        final List<String> figures = new ArrayList<>();
        for (final KernelKind each : KernelKind.values()) {
            final Double nanos = nanosPerDecision.get(each);
            if (nanos != null) {
                figures.add(String.format(Locale.ROOT, "%s %.1f", each.flag(), nanos));
            }
        }
        final String measured = figures.isEmpty() ? "named by flag" : String.join(", ", figures) + " ns/decision";
        return "kernel=" + kind.flag() + " (" + measured + ")";
    }

    static KernelKind fastest(final Map<KernelKind, Double> nanosPerDecision) {
        return nanosPerDecision.entrySet().stream()
                .min(Map.Entry.<KernelKind, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    private static KernelKind named(final String flag) {
        for (final KernelKind kind : KernelKind.values()) {
            if (kind.flag().equals(flag)) {
                if (!kind.available()) {
                    throw new IllegalArgumentException("kernel=" + flag + " isn't available in this JVM: start it with"
                            + " --add-modules=jdk.incubator.vector, or take lookup");
                }
                return kind;
            }
        }
        throw new IllegalArgumentException("kernel=" + flag + " isn't one of auto, scalar, lookup, expanded, vector");
    }

    static Map<KernelKind, Double> measure(
            final RouterTable table, final Duration warmUp, final LongSupplier nanoClock) {
        final byte[] codes = new byte[BATCH * table.features()];
        new SplittableRandom(1).nextBytes(codes);
        final int[] accumulators = new int[BATCH * table.outputs()];
        final Map<KernelKind, RouterKernel> kernels = new EnumMap<>(KernelKind.class);
        for (final KernelKind kind : KernelKind.values()) {
            if (kind.available()) {
                kernels.put(kind, kind.bind(table));
            }
        }
        long fastest = Long.MAX_VALUE;
        for (final Map.Entry<KernelKind, RouterKernel> kernel : kernels.entrySet()) {
            final long longest = kernel.getKey() == KernelKind.VECTOR ? warmUp.toNanos() : warmUp.toNanos() / 8;
            final long start = nanoClock.getAsLong();
            long now = start;
            int faster = 0;
            do {
                final long before = now;
                kernel.getValue().accumulate(codes, accumulators, BATCH, BATCH);
                now = nanoClock.getAsLong();
                faster = now - before < fastest ? faster + 1 : 0;
                if (kernel.getKey() != KernelKind.VECTOR) {
                    fastest = Math.min(fastest, now - before);
                }
            } while (now - start < longest && (kernel.getKey() != KernelKind.VECTOR || faster < ENOUGH));
        }
        final Map<KernelKind, long[]> rounds = new EnumMap<>(KernelKind.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (final Map.Entry<KernelKind, RouterKernel> kernel : kernels.entrySet()) {
                final long start = nanoClock.getAsLong();
                kernel.getValue().accumulate(codes, accumulators, BATCH, BATCH);
                rounds.computeIfAbsent(kernel.getKey(), kind -> new long[ROUNDS])[round] =
                        nanoClock.getAsLong() - start;
            }
        }
        final Map<KernelKind, Double> nanos = new EnumMap<>(KernelKind.class);
        rounds.forEach((kind, times) -> {
            Arrays.sort(times);
            nanos.put(kind, times[ROUNDS / 2] / (double) BATCH);
        });
        return nanos;
    }
}
