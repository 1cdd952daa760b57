package io.t1.router;

import java.util.Locale;

/** Which kernel computes. All give the same accumulators, bit for bit. */
public enum KernelKind {
    /** The specification, read straight from the table. */
    SCALAR,
    /** Knots of four outputs packed in one long: the fastest for one query. */
    LOOKUP,
    /** Every code's pieces expanded into a table of 256 entries a feature: for batches without the Vector API. */
    EXPANDED,
    /** The Vector API: knots in registers, picked by in-register shuffles. */
    VECTOR;

    /** Its name in flags, logs and reports: {@code scalar}, {@code lookup}, {@code expanded} or {@code vector}. */
    public String flag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this JVM can run it. {@link #VECTOR} needs {@code --add-modules=jdk.incubator.vector} and registers of
     * 128 bits or more; the others run everywhere.
     */
    public boolean available() {
        return this != VECTOR || (VectorModule.isLoaded() && VectorWidth.preferredBits() >= VectorWidth.LEAST_BITS);
    }

    /**
     * Makes a kernel of this kind for a table, which must stay open as long as the kernel is used.
     *
     * @throws IllegalStateException if it isn't {@link #available()}.
     */
    public RouterKernel bind(final RouterTable table) {
        return switch (this) {
            case SCALAR -> new ScalarKernel(table);
            case LOOKUP -> new LookupKernel(table);
            case EXPANDED -> new ExpandedKernel(table);
            case VECTOR -> {
                requireAvailable();
                yield VectorKernel.of(table, VectorWidth.preferredBits());
            }
        };
    }

    /**
     * Makes what computes one query at a time beside {@link #bind}: by vectors for {@link #VECTOR} where registers have
     * 256 bits, else by the lookup.
     *
     * @throws IllegalStateException if it isn't {@link #available()}.
     */
    public OneQueryKernel bindOne(final RouterTable table) {
        return bindOne(table, bind(table), OutputScaler.of(table));
    }

    /**
     * The same beside what is bound already, whose memory it shares where it can.
     *
     * @param bound to the same table by {@link #bind} of this kind.
     * @param scaler of the same table.
     */
    public OneQueryKernel bindOne(final RouterTable table, final RouterKernel bound, final OutputScaler scaler) {
        requireAvailable();
        return this == VECTOR && VectorWidth.preferredBits() >= VectorOneQueryKernel.BITS
                ? new VectorOneQueryKernel(table)
                : new LookupOneQueryKernel(
                        bound instanceof LookupKernel lookup ? lookup : new LookupKernel(table),
                        scaler,
                        table.outputs());
    }

    void requireAvailable() {
        if (!available()) {
            throw new IllegalStateException(
                    "kernel=" + flag() + " needs the JVM flag --add-modules=" + VectorModule.NAME + " and registers of "
                            + VectorWidth.LEAST_BITS + " bits: add the flag, or take lookup");
        }
    }
}
