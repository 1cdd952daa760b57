package io.t1.ops.cli;

import java.io.FileDescriptor;
import java.lang.reflect.Field;

/**
 * Standard error as the launcher hands it over.
 *
 * <p>A JVM that resolves the Vector API's module prints one notice about it before any Java code runs, and has no flag
 * against it. So for the commands that compute with vectors the launcher sends descriptor 2 through a filter for that
 * one line and passes the real standard error as descriptor {@code T1_STDERR}; Java's own output goes there directly,
 * so that progress is drawn at once and on the terminal. What native libraries print still arrives, by the filter.
 */
final class StandardError {
    private StandardError() {}

    /** Points Java's standard error at the descriptor in {@code T1_STDERR}; without one, changes nothing. */
    static void restore() {
        final String descriptor = System.getenv("T1_STDERR");
        if (descriptor == null || descriptor.isEmpty()) {
            return;
        }
        try {
            final Field number = FileDescriptor.class.getDeclaredField("fd");
            number.setAccessible(true); // .jvmopts opens java.io
            number.setInt(FileDescriptor.err, Integer.parseInt(descriptor));
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("can't use descriptor " + descriptor + " as standard error", e);
        }
    }
}
