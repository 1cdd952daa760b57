package io.t1.ops.lab.encoding;

/**
 * A text's vectors.
 *
 * @param sentence the mean of all token vectors, of unit length; 384 components.
 * @param tokens the vectors of the pieces that hold a letter or a digit, in order, each as INT8 times its scale and of
 *     unit length; {@code [tokens * 384]}.
 * @param scales what an INT8 step of each token vector is worth; {@code [tokens]}.
 */
public record EncodedText(float[] sentence, byte[] tokens, float[] scales) {
    /** How many token vectors there are. */
    public int tokenCount() {
        return scales.length;
    }
}
