package io.t1.bench.stress;

/** Runs this module's jcstress tests: by default in their quick mode, with jcstress's own options as the words say. */
public final class StressRun {
    private StressRun() {}

    /** Exits with 1 when a forbidden outcome was seen. */
    public static void main(final String[] args) throws Exception {
        final String[] quick = {"-t", "io.t1.bench.stress", "-m", "quick", "-r", "target/jcstress"};
        org.openjdk.jcstress.Main.main(args.length == 0 ? quick : args);
    }
}
