package io.t1.ops.observation;

import java.util.Arrays;

/** Values that come one by one, NaN for missing ones. Threading: one thread. */
final class FloatColumn {
    private float[] values = new float[1_024];
    private int size;

    void add(final float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    /** Those that aren't missing, in order. */
    double[] present() {
        final double[] present = new double[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (!Float.isNaN(values[i])) {
                present[count++] = values[i];
            }
        }
        return Arrays.copyOf(present, count);
    }
}
