package io.t1.codec.cpu;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * How much of a processor this thread gets beside others that want it, on Linux.
 *
 * <p>{@link Thread#setPriority} changes nothing there unless the whole JVM is started otherwise.
 */
public final class ThreadPriority {
    /** For work that somebody waits for, and decisions shall not: a tenth of what an ordinary thread gets. */
    public static final int BEHIND_DECISIONS = 10;
    /** For work that nobody waits for. */
    public static final int LEAST = 19;

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0; // Linux takes a thread where POSIX says process

    private ThreadPriority() {}

    /**
     * Lowers this thread's priority, for good.
     *
     * @param nice 1 to 19, the more the lower.
     * @return whether the system did; where it can't, all goes on as it is.
     */
    @SuppressWarnings(
            "restricted") // the only way to a system call; without native access the caller fails, not the system
    public static boolean lower(final int nice) {
        if (nice < 1 || nice > LEAST) {
            throw new IllegalArgumentException("nice=" + nice + " not in 1.." + LEAST);
        }
        final var setpriority = Linker.nativeLinker().defaultLookup().find("setpriority");
        if (setpriority.isEmpty() || !System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        try {
            return (int) Linker.nativeLinker()
                            .downcallHandle(
                                    setpriority.get(),
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.JAVA_INT))
                            .invokeExact(PRIO_PROCESS, THIS_THREAD, nice)
                    == 0;
        } catch (final Throwable e) { // what invokeExact declares; a downcall itself throws nothing
            throw new IllegalStateException("setpriority failed", e);
        }
    }
}
