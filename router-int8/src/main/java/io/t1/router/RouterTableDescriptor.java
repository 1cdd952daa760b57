package io.t1.router;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.PairSpec;

/**
 * A router table's bytes, little-endian.
 *
 * <pre>
 *   0         4          6          7         8       9          12
 *  +---------+----------+----------+---------+-------+----------+--------+
 *  | "T1RT"  | version  | features | outputs | pairs | reserved | length |   header, 16 bytes
 *  +---------+----------+----------+---------+-------+----------+--------+
 *  | int32 bias | float32 offset | float32 scale | float32 lo | float32 hi |   an output
 *  +---------------------------------------------------------------------+
 *  | uint8 default code                                                  |   a feature
 *  +---------------------------------------------------------------------+
 *  | uint8 first, uint8 second                                           |   a pair
 *  +---------------------------------------------------------------------+
 *  | int8 k[f][o][0..16]                                                 |   features x outputs
 *  +---------------------------------------------------------------------+
 *  | int8 h[pair][o][0..80], row by row                                  |   pairs x outputs
 *  +---------------------------------------------------------------------+
 *  | zeros to a multiple of 4, then CRC32C of all before it              |   last 4 bytes
 *  +---------------------------------------------------------------------+
 * </pre>
 *
 * <p>Outputs stand in the order of {@code OutputName}; feature names, and all else that isn't the arithmetic from codes on,
 * stay in the artifact. Version 1 held the features' knots too, which only a quantiser reads; no image is kept on disk.
 */
final class RouterTableDescriptor {
    /** {@code T1RT} as a little-endian int32. */
    static final int MAGIC = 0x54523154;

    static final int VERSION = 2;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int FEATURES_OFFSET = 6;
    static final int OUTPUTS_OFFSET = 7;
    static final int PAIRS_OFFSET = 8;
    static final int RESERVED_OFFSET = 9;
    static final int RESERVED_LENGTH = 3;
    static final int LENGTH_OFFSET = 12;
    static final int HEADER_LENGTH = 16;

    static final int OUTPUT_LENGTH = 20;
    static final int BIAS_OFFSET = 0;
    static final int OFFSET_OFFSET = 4;
    static final int SCALE_OFFSET = 8;
    static final int LO_OFFSET = 12;
    static final int HI_OFFSET = 16;

    static final int KNOTS = FeatureSpec.KNOTS;
    static final int LINES = PairSpec.LINES;
    static final int CELLS = LINES * LINES;
    static final int CHECKSUM_LENGTH = 4;

    private RouterTableDescriptor() {}

    static int outputOffset(final int output) {
        return HEADER_LENGTH + output * OUTPUT_LENGTH;
    }

    static int defaultCodeOffset(final int feature, final int outputs) {
        return outputOffset(outputs) + feature;
    }

    static int pairOffset(final int pair, final int features, final int outputs) {
        return defaultCodeOffset(features, outputs) + 2 * pair;
    }

    /** Where {@code k[feature][output][0]} is. */
    static int knotsOffset(
            final int feature, final int output, final int features, final int outputs, final int pairs) {
        return pairOffset(pairs, features, outputs) + (feature * outputs + output) * KNOTS;
    }

    /** Where {@code h[pair][output][0]} is. */
    static int gridOffset(final int pair, final int output, final int features, final int outputs, final int pairs) {
        return knotsOffset(features, 0, features, outputs, pairs) + (pair * outputs + output) * CELLS;
    }

    static int checksumOffset(final int features, final int outputs, final int pairs) {
        return (gridOffset(pairs, 0, features, outputs, pairs) + 3) & ~3;
    }

    static int length(final int features, final int outputs, final int pairs) {
        return checksumOffset(features, outputs, pairs) + CHECKSUM_LENGTH;
    }
}
