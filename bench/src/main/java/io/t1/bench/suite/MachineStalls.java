package io.t1.bench.suite;

import io.t1.codec.cpu.CpuAffinity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a machine does to a request by itself: the gaps in the looks at the clock of a loop that does nothing else, on the
 * servers' and the clients' processor at once. A tail that isn't longer than these is the machine's.
 *
 * @param lengthNs watched on each processor.
 * @param gapsNs longer than 20 us, of both processors, longest first.
 */
public record MachineStalls(long lengthNs, List<Long> gapsNs) {
    private static final long LEAST_GAP_NS = 20_000;
    private static final double PERCENT = 100;

    public MachineStalls {
        gapsNs = gapsNs.stream().sorted(Collections.reverseOrder()).toList();
    }

    /** Watches, with nothing else running. */
    public static MachineStalls watch(final Cores cores, final long lengthNs) throws InterruptedException {
        final List<Integer> cpus = cores.apart() ? List.of(cores.server(), cores.client()) : List.of(-1);
        final List<Callable<List<Long>>> loops = new ArrayList<>();
        cpus.forEach(cpu -> loops.add(() -> gaps(cpu, lengthNs)));
        final List<Long> gaps = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(cpus.size())) {
            for (final Future<List<Long>> loop : threads.invokeAll(loops)) {
                gaps.addAll(loop.get());
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("a processor can't be watched", e);
        }
        return new MachineStalls(lengthNs, gaps);
    }

    /**
     * How long a request that may be due at any moment waits at this percentile, were it answered at once: what is lost on
     * either processor delays it. 0 where less is lost than lies beyond the percentile.
     *
     * @param percentile 0 to 100.
     */
    public double waitNs(final double percentile) {
        final double beyond = (1 - percentile / PERCENT) * lengthNs;
        double lost = 0;
        for (int k = 0; k < gapsNs.size(); k++) {
            lost += gapsNs.get(k);
            // of the k + 1 longest gaps, what lies over x is beyond: x = (lost - beyond) / (k + 1)
            final double wait = (lost - beyond) / (k + 1);
            if (wait >= (k + 1 < gapsNs.size() ? gapsNs.get(k + 1) : 0)) {
                return Math.max(0, wait);
            }
        }
        return 0;
    }

    private static List<Long> gaps(final int cpu, final long lengthNs) throws IOException {
        if (cpu >= 0) {
            CpuAffinity.pin(cpu);
        }
        final List<Long> gaps = new ArrayList<>();
        final long begun = System.nanoTime();
        long last = begun;
        while (last - begun < lengthNs) {
            final long now = System.nanoTime();
            if (now - last > LEAST_GAP_NS) {
                gaps.add(now - last);
            }
            last = now;
        }
        return gaps;
    }
}
