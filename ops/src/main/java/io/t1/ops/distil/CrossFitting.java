package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Expectations of every query by teachers that saw neither its fold nor, where asked, another.
 *
 * <p>A teacher is trained without each pair of folds {@code {a, b}}, and without each fold alone. A student judged on
 * fold {@code a} learns from expectations of fold {@code b} made without {@code {a, b}}: so nothing that it learns from
 * has seen what it is judged on.
 *
 * <p>Threading: trains on as many threads as there are processors; the result doesn't depend on their number.
 */
final class CrossFitting {
    private final Expectations[] without;

    private CrossFitting(final Expectations[] without) {
        this.without = without;
    }

    static CrossFitting run(
            final Evidence evidence,
            final Folds folds,
            final ForestSettings settings,
            final long seed,
            final Progress progress) {
        final int k = folds.count();
        final TrainingSet set = evidence.all();
        final Expectations[] without = new Expectations[k + 1];
        for (int a = 0; a <= k; a++) {
            without[a] = Expectations.ofSize(set.size());
        }
        final int tasks = k + k * (k - 1) / 2;
        final AtomicInteger done = new AtomicInteger();
        final ExecutorService threads =
                Executors.newFixedThreadPool(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, tasks));
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (int a = 0; a < k; a++) {
                for (int b = a; b < k; b++) {
                    final int one = a;
                    final int other = b;
                    running.add(threads.submit(() -> {
                        final int[] seen = folds.where(fold -> fold != one && fold != other);
                        final int[] inOne = folds.where(fold -> fold == one);
                        final int[] inOther = folds.where(fold -> fold == other);
                        try (Teacher teacher = Teacher.train(
                                evidence.without(one, other).at(seen), settings, seed + 100L * one + 10L * other)) {
                            if (one == other) {
                                without[k].put(
                                        inOne, teacher.expect(set.at(inOne).rows()));
                            } else {
                                without[one].put(
                                        inOther, teacher.expect(set.at(inOther).rows()));
                                without[other].put(
                                        inOne, teacher.expect(set.at(inOne).rows()));
                            }
                        }
                        progress.report("training the teacher", done.incrementAndGet(), tasks);
                    }));
                }
            }
            for (final Future<?> task : running) {
                task.get();
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("training the teacher: " + e.getCause(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training the teacher was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
        return new CrossFitting(without);
    }

    /** Of some queries, by the same teachers, in the order of {@code queries}. */
    CrossFitting at(final int[] queries) {
        return new CrossFitting(
                Arrays.stream(without).map(all -> all.at(queries)).toArray(Expectations[]::new));
    }

    /** Of every query, by teachers that didn't see it. */
    Expectations ofAll() {
        return without[without.length - 1];
    }

    /** Of every query outside {@code fold}, by teachers that saw neither it nor {@code fold}; zero inside. */
    Expectations outside(final int fold) {
        return without[fold];
    }
}
