package io.t1.router;

/**
 * What the vector kernels share: they compute a whole register of queries at once, the last one flush right (queries
 * computed twice get the same values), and leave batches shorter than a register to {@link LookupKernel}.
 *
 * <p>One subclass a register width, since C2 keeps vectors in registers only where the species is a constant. None of
 * them passes a vector to a method: past C2's inlining budget it would become an object.
 *
 * <p>What a loop carries is an argument of the last addition, never its receiver. Of a loop's variable C2 knows only the
 * declared type, so a call on it goes by the profile of the Vector API's own methods, which all kernels share: in a process
 * that has used two widths it stays a virtual call, and each step makes objects. A freshly loaded vector has its species.
 *
 * <p>Loaded only once {@code jdk.incubator.vector} is known to be there. Threading: any. Allocation: none after
 * construction, once compiled by C2.
 */
abstract sealed class VectorKernel implements RouterKernel permits VectorKernel128, VectorKernel256, VectorKernel512 {
    /** Outputs in the first pass; the fifth has one of its own. */
    static final int FIRST_OUTPUTS = 4;

    final int features;
    final int outputs;
    final int[] biases;
    final int pairs;
    private final int lanes;
    private final LookupKernel few;

    VectorKernel(final RouterTable table, final int lanes) {
        features = table.features();
        outputs = table.outputs();
        pairs = table.pairs();
        this.lanes = lanes;
        few = new LookupKernel(table);
        biases = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            biases[o] = table.bias(o);
        }
    }

    /**
     * The kernel of a width.
     *
     * @param bits 128, 256 or 512.
     */
    static VectorKernel of(final RouterTable table, final int bits) {
        return switch (bits) {
            case 128 -> new VectorKernel128(table);
            case 256 -> new VectorKernel256(table);
            case 512 -> CpuFlags.AVX512_VBMI ? new VectorKernelVbmi(table) : new VectorKernel512(table);
            default -> throw new IllegalArgumentException("vector bits=" + bits + " not one of 128, 256, 512");
        };
    }

    @Override
    public final String name() {
        return KernelKind.VECTOR.flag();
    }

    @Override
    public final void accumulate(final byte[] codes, final int[] accumulators, final int stride, final int count) {
        KernelBatch.check(features, outputs, codes, accumulators, stride, count);
        if (count < lanes) {
            few.accumulate(codes, accumulators, stride, count);
            return;
        }
        for (int q = 0; q < count; q += lanes) {
            final int at = Math.min(q, count - lanes);
            fourOutputs(codes, accumulators, stride, at);
            if (outputs > FIRST_OUTPUTS) {
                fifthOutput(codes, accumulators, stride, at);
            }
            if (pairs > 0) {
                addPairs(codes, accumulators, stride, at);
            }
        }
    }

    /** Stores bias and pieces of outputs 0 to 3 for one register of queries from {@code q}. */
    abstract void fourOutputs(byte[] codes, int[] accumulators, int stride, int q);

    /** The same for output 4. */
    abstract void fifthOutput(byte[] codes, int[] accumulators, int stride, int q);

    /**
     * Adds the pairs to the stored values of one register of queries from {@code q}. A grid has more cells than narrow
     * registers can pick from, so here the lookup does it.
     */
    void addPairs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        few.addPairs(codes, accumulators, stride, q, q + lanes);
    }
}
