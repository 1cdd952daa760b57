package io.t1.codec.frame;

/**
 * What is wrong with a frame: a value and the range that it should be in.
 *
 * <p>Threading: one thread. Allocation: none but in {@link #toString()}.
 */
final class FrameFault {
    private String subject = "";
    private double value;
    private double low;
    private double high;

    void set(final String subject, final double value, final double low, final double high) {
        this.subject = subject;
        this.value = value;
        this.low = low;
        this.high = high;
    }

    /** {@code name=value not in low..high}. */
    @Override
    public String toString() {
        return subject + "=" + text(value) + " not in " + text(low) + ".." + text(high);
    }

    private static String text(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
