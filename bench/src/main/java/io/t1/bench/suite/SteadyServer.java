package io.t1.bench.suite;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started whose steady throughput is asked for: it spins, writes no journal, as the references persist
 * nothing, and has the kernel of the Vector API before it is measured, where this JVM has that. The journal's thread and the
 * calibration would else take their slices of the one processor that the event loop spins on.
 */
public final class SteadyServer {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private SteadyServer() {}

    /** Its flags for {@link SidecarUnderTest#start}. */
    public static String[] flags() {
        return flags("spin");
    }

    /**
     * The same for one that many tables are published to: it sleeps until there is traffic. Publishing runs behind
     * decisions, and beside a loop that spins on its processor it would have a sixtieth of it.
     */
    public static String[] flagsForManyTables() {
        return flags("adaptive");
    }

    private static String[] flags(final String poll) {
        final List<String> flags = new ArrayList<>(List.of("--poll", poll, "--journal-mib", "0"));
        if (hasVectors()) {
            flags.addAll(List.of("--kernel", "vector"));
        }
        return flags.toArray(new String[0]);
    }

    /** What the flags come to, for a row's text. */
    public static String describe() {
        return "server with --poll spin, no journal, " + (hasVectors() ? "--kernel vector" : "the calibrated kernel");
    }

    private static boolean hasVectors() {
        return ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent();
    }
}
