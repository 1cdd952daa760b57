package io.t1.router;

/** Which kernel computes. */
public enum KernelKind {
    /** The specification, read straight from the table. */
    SCALAR,
    /** Every code's pieces expanded into a table of 256 entries a feature. */
    LOOKUP,
    /** The Vector API: knots in registers, picked by in-register shuffles. */
    VECTOR;

    /** Makes a kernel of this kind for a table, which must stay open as long as the kernel is used. */
    public RouterKernel bind(final RouterTable table) {
        if (table.features() > 0) {
            throw new IllegalStateException("no kernel " + this);
        }
        throw new IllegalArgumentException("no features");
    }
}
