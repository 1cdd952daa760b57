package io.t1.bench.reload;

/**
 * What changing tables did to the latencies of one run, beside a run without changes right before it.
 *
 * @param changesPerSecond that were made in fact.
 * @param quietP999Ns 99.9th percentile without changes.
 * @param changingP999Ns the same with them.
 */
public record ReloadEffect(double changesPerSecond, long quietP999Ns, long changingP999Ns) {
    /** The one over the other. */
    public double ratio() {
        return (double) changingP999Ns / quietP999Ns;
    }
}
