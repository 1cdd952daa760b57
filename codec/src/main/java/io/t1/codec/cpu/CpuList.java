package io.t1.codec.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Processors to pin threads to, in the order given. Immutable.
 *
 * @param cpus by the system's numbers, at least one.
 */
public record CpuList(List<Integer> cpus) {
    /** Numbers that a mask of the system's usual length holds. */
    public static final int LIMIT = 1024;

    public CpuList {
        cpus = List.copyOf(cpus);
        if (cpus.isEmpty()) {
            throw new IllegalArgumentException("cpus=[]: name one at least");
        }
        for (final int cpu : cpus) {
            if (cpu < 0 || cpu >= LIMIT) {
                throw new IllegalArgumentException("cpu=" + cpu + " not in 0.." + (LIMIT - 1));
            }
        }
    }

    /**
     * Reads numbers and ranges, e.g. {@code 0,1} or {@code 2-5,8}.
     *
     * @throws IllegalArgumentException if the text is neither; the message has it.
     */
    public static CpuList parse(final String text) {
        final List<Integer> cpus = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            final int dash = part.indexOf('-', 1);
            final int first = number(text, dash < 0 ? part : part.substring(0, dash));
            final int last = dash < 0 ? first : number(text, part.substring(dash + 1));
            if (last < first || last - first >= LIMIT) {
                throw new IllegalArgumentException("cpus=" + text + ": " + part + " is no range");
            }
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return new CpuList(cpus);
    }

    private static int number(final String text, final String part) {
        try {
            return Integer.parseInt(part.strip());
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cpus=" + text + " isn't a list of processors such as 0,1 or 2-5,8 (\"" + part + "\")", e);
        }
    }

    /** The processor of the thread with this index: they are dealt in turn. */
    public int of(final int index) {
        return cpus.get(index % cpus.size());
    }

    /** The form that {@link #parse} takes. */
    @Override
    public String toString() {
        return cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
