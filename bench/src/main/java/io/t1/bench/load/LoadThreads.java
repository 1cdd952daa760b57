package io.t1.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the shares of a load, each on a thread of its own, and adds up what they saw. */
final class LoadThreads {
    private LoadThreads() {}

    /** One thread's share. */
    interface Work extends Callable<LoadResult> {}

    static LoadResult run(final List<Work> work) throws IOException, InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            final List<Future<LoadResult>> running = new ArrayList<>();
            for (final Work share : work) {
                running.add(threads.submit(share));
            }
            LoadResult total = running.getFirst().get();
            for (final Future<LoadResult> share : running.subList(1, running.size())) {
                total = total.plus(share.get());
            }
            return total;
        } catch (final ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new IllegalStateException("a load thread died", e);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
