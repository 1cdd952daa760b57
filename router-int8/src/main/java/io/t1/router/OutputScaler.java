package io.t1.router;

/**
 * The float step, shared by all kernels: {@code y = clamp(offset + scale * acc, lo, hi)} in float32, one multiplication
 * and one addition, each rounded. Source: definitions, "Router table", step 5.
 *
 * <p>Accumulators are under 2^24, so exact as float32. A sum past float32's range is infinite, which clamps.
 *
 * <p>Threading: any. Allocation: none after construction.
 */
public final class OutputScaler {
    private final float[] offsets;
    private final float[] scales;
    private final float[] los;
    private final float[] his;
    private final int[] loKeys;
    private final int[] hiKeys;

    private OutputScaler(final int outputs) {
        offsets = new float[outputs];
        scales = new float[outputs];
        los = new float[outputs];
        his = new float[outputs];
        loKeys = new int[outputs];
        hiKeys = new int[outputs];
    }

    /** The float step of a table's outputs; doesn't keep the table. */
    public static OutputScaler of(final RouterTable table) {
        final OutputScaler scaler = new OutputScaler(table.outputs());
        for (int o = 0; o < table.outputs(); o++) {
            scaler.offsets[o] = table.offset(o);
            scaler.scales[o] = table.scale(o);
            scaler.los[o] = table.lo(o);
            scaler.his[o] = table.hi(o);
            scaler.loKeys[o] = FloatOrder.key(table.lo(o));
            scaler.hiKeys[o] = FloatOrder.key(table.hi(o));
        }
        return scaler;
    }

    /**
     * Scales a batch.
     *
     * @param accumulators output by output: query q at {@code output * stride + q}.
     * @param values filled in the same places.
     * @param stride at least {@code count}.
     * @param count queries, 1 or more.
     */
    public void scale(final int[] accumulators, final float[] values, final int stride, final int count) {
        for (int o = 0; o < offsets.length; o++) {
            final float offset = offsets[o];
            final float scale = scales[o];
            final float lo = los[o];
            final float hi = his[o];
            for (int i = o * stride, end = i + count; i < end; i++) {
                values[i] = Math.min(Math.max(offset + scale * accumulators[i], lo), hi);
            }
        }
    }

    /** One value: the same arithmetic as {@link #scale(int[], float[], int, int)}. */
    public float scale(final int output, final int accumulator) {
        final int key = FloatOrder.key(offsets[output] + scales[output] * accumulator);
        return FloatOrder.ofKey(Math.min(Math.max(key, loKeys[output]), hiKeys[output]));
    }
}
