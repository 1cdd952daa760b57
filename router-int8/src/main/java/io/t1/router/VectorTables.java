package io.t1.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tables and orders that vector kernels load into registers. */
final class VectorTables {
    private static final int SEGMENTS = 16;
    /** Two tables side by side. */
    private static final int BOTH = 2 * SEGMENTS;

    /** Cells of a grid, eight by eight. */
    private static final int CELLS = 64;

    private VectorTables() {}

    /**
     * Sixteen times the left knots, then the slopes, of each segment: {@code [32 * (4 * f + o)]} for outputs 0 to 3,
     * {@code [32 * (4 * features + f)]} for output 4.
     */
    static short[] basesAndSlopes(final RouterTable table) {
        final int features = table.features();
        final short[] tables = new short[BOTH * features * table.outputs()];
        for (int o = 0; o < table.outputs(); o++) {
            for (int f = 0; f < features; f++) {
                final int at = BOTH * (o < 4 ? 4 * f + o : 4 * features + f);
                for (int s = 0; s < SEGMENTS; s++) {
                    final int left = table.value(f, o, s);
                    tables[at + s] = (short) (16 * left);
                    tables[at + SEGMENTS + s] = (short) (table.value(f, o, s + 1) - left);
                }
            }
        }
        return tables;
    }

    /** The left, then the right knots of each segment: {@code [32 * (features * o + f)]}. */
    static byte[] leftAndRight(final RouterTable table) {
        final byte[] knots = new byte[BOTH * table.features() * table.outputs()];
        for (int o = 0; o < table.outputs(); o++) {
            for (int f = 0; f < table.features(); f++) {
                final int at = BOTH * (table.features() * o + f);
                for (int s = 0; s < SEGMENTS; s++) {
                    knots[at + s] = (byte) table.value(f, o, s);
                    knots[at + SEGMENTS + s] = (byte) table.value(f, o, s + 1);
                }
            }
        }
        return knots;
    }

    /** The two features of each pair, {@code [2 * pair]} and {@code [2 * pair + 1]}. */
    static int[] pairFeatures(final RouterTable table) {
        final int[] features = new int[2 * table.pairs()];
        for (int p = 0; p < table.pairs(); p++) {
            features[2 * p] = table.pairFirst(p);
            features[2 * p + 1] = table.pairSecond(p);
        }
        return features;
    }

    /**
     * The corners of each of the 64 cells of a pair's grid, two INT8 in one int16, the left one low: 64 upper edges, then
     * 64 lower ones, {@code [128 * (outputs * pair + o)]}.
     */
    static short[] cellEdges(final RouterTable table) {
        final short[] edges = new short[2 * CELLS * table.pairs() * table.outputs()];
        int at = 0;
        for (int p = 0; p < table.pairs(); p++) {
            for (int o = 0; o < table.outputs(); o++) {
                for (int lower = 0; lower < 2; lower++) {
                    for (int cell = 0; cell < CELLS; cell++) {
                        final int corner = RouterTableDescriptor.LINES * (cell / 8 + lower) + cell % 8;
                        final int left = table.gridValue(p, o, corner);
                        final int right = table.gridValue(p, o, corner + 1);
                        edges[at++] = (short) ((left & 0xFF) | (right << 8));
                    }
                }
            }
        }
        return edges;
    }

    /** The order 0, n/2, 1, n/2 + 1, ... of n lanes. */
    static short[] zip(final int lanes) {
        final short[] order = new short[lanes];
        for (int i = 0; i < lanes; i++) {
            order[i] = (short) (i / 2 + (i % 2) * (lanes / 2));
        }
        return order;
    }

    /** The same order as bytes. */
    static byte[] split(final int lanes) {
        final byte[] order = new byte[lanes];
        for (int i = 0; i < lanes; i++) {
            order[i] = (byte) (i / 2 + (i % 2) * (lanes / 2));
        }
        return order;
    }

    /** Lanes of two bytes, both from one query, in the order 0, n/2, 1, n/2 + 1, ... of n lanes. */
    static byte[] spread(final int lanes) {
        final byte[] order = new byte[2 * lanes];
        for (int i = 0; i < order.length; i++) {
            final int lane = i / 2;
            order[i] = (byte) (lane / 2 + lane % 2 * (lanes / 2));
        }
        return order;
    }

    /** Lanes as little-endian bytes. */
    static byte[] bytes(final short[] lanes) {
        final byte[] bytes = new byte[2 * lanes.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(lanes);
        return bytes;
    }
}
