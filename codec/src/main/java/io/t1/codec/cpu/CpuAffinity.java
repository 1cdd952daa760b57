package io.t1.codec.cpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a thread on one processor, by the system's {@code sched_setaffinity}: Linux only. A pinned thread may be pinned
 * elsewhere later, although what {@link #allowed} tells it is its own pin.
 *
 * <p>Threading: any; a pin holds for the thread that sets it, and for those that it starts. It costs some 10 ms to load
 * and is meant for the start of a thread.
 */
public final class CpuAffinity {
    private static final long MASK_BYTES = CpuList.LIMIT / 8;
    private static final int THIS_THREAD = 0;
    private static final String ERRNO = "errno";
    private static final FunctionDescriptor OF_MASK = FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);

    private CpuAffinity() {}

    /**
     * The processors that the calling thread may use.
     *
     * @throws IOException if this system doesn't tell.
     */
    public static List<Integer> allowed() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MASK_BYTES);
            call("sched_getaffinity", arena, mask);
            final List<Integer> cpus = new ArrayList<>();
            for (int cpu = 0; cpu < CpuList.LIMIT; cpu++) {
                if ((mask.get(ValueLayout.JAVA_BYTE, cpu / 8) & 1 << cpu % 8) != 0) {
                    cpus.add(cpu);
                }
            }
            return cpus;
        }
    }

    /**
     * Checks that the calling thread may be pinned to each of these.
     *
     * @throws IOException naming the first that isn't there or isn't allowed, and those that are.
     */
    public static void check(final CpuList cpus) throws IOException {
        final List<Integer> allowed = allowed();
        for (final int cpu : cpus.cpus()) {
            if (!allowed.contains(cpu)) {
                throw new IOException("cpu=" + cpu + " isn't among those that this process may use: " + allowed);
            }
        }
    }

    /**
     * Lets the calling thread run on this processor only.
     *
     * @throws IOException if there is no such processor, it isn't allowed, or this system can't.
     */
    public static void pin(final int cpu) throws IOException {
        final CpuList one = new CpuList(List.of(cpu)); // its checks
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MASK_BYTES);
            mask.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (1 << cpu % 8));
            call("sched_setaffinity", arena, mask);
        } catch (final IOException e) {
            throw new IOException("cpu=" + one + " isn't there or isn't allowed: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("restricted") // native access is what it is for
    private static void call(final String function, final Arena arena, final MemorySegment mask) throws IOException {
        final Linker linker = Linker.nativeLinker();
        final SymbolLookup library = linker.defaultLookup();
        final MemorySegment address = library.find(function)
                .orElseThrow(
                        () -> new IOException("this system has no " + function + ": threads can't be pinned here"));
        final StructLayout state = Linker.Option.captureStateLayout();
        final VarHandle errno = state.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
        final MethodHandle handle = linker.downcallHandle(address, OF_MASK, Linker.Option.captureCallState(ERRNO));
        final MemorySegment captured = arena.allocate(state);
        final int result;
        try {
            result = (int) handle.invokeExact(captured, THIS_THREAD, MASK_BYTES, mask);
        } catch (final Throwable e) { // a downcall declares it, and throws nothing
            throw new IllegalStateException(function, e);
        }
        if (result < 0) {
            throw new IOException(function + " failed with errno=" + (int) errno.get(captured, 0L));
        }
    }
}
