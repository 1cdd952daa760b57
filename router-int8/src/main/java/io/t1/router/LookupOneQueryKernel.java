package io.t1.router;

/** {@link LookupKernel}, then the float step: where the Vector API or its registers are missing. */
final class LookupOneQueryKernel implements OneQueryKernel {
    private final int outputs;
    private final LookupKernel kernel;
    private final OutputScaler scaler;

    /**
     * @param outputs of the table that both are made of.
     */
    LookupOneQueryKernel(final LookupKernel kernel, final OutputScaler scaler, final int outputs) {
        this.outputs = outputs;
        this.kernel = kernel;
        this.scaler = scaler;
    }

    @Override
    public void compute(final byte[] codes, final int[] accumulators, final float[] outputs) {
        kernel.accumulate(codes, accumulators, 1, 1);
        for (int o = 0; o < this.outputs; o++) {
            outputs[o] = scaler.scale(o, accumulators[o]);
        }
    }
}
