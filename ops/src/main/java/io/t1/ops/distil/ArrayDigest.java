package io.t1.ops.distil;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Who rows are that came from no file: a table names what it was learnt from. */
final class ArrayDigest {
    private ArrayDigest() {}

    /** SHA-256 of the rows one by one: features as float32, then the targets and the weight as float64, big-endian. */
    static String sha256(final OwnTargets own) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            final int features = own.rows()[0].length;
            final ByteBuffer row =
                    ByteBuffer.allocate(features * Float.BYTES + (own.targets().length + 1) * Double.BYTES);
            for (int q = 0; q < own.rows().length; q++) {
                row.clear();
                for (final float value : own.rows()[q]) {
                    row.putFloat(value);
                }
                for (final double[] target : own.targets()) {
                    row.putDouble(target[q]);
                }
                row.putDouble(own.weights()[q]);
                digest.update(row.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
