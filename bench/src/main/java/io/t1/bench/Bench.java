package io.t1.bench;

import java.io.IOException;

/** {@code t1 bench}: JMH's own command line over this module's benchmarks. */
public final class Bench {
    private Bench() {}

    /** Runs the benchmarks that match, e.g. {@code OneDecision -prof gc -f 1}; {@code -h} lists JMH's options. */
    public static void main(final String[] args) throws IOException {
        org.openjdk.jmh.Main.main(args);
    }
}
