package io.t1.bench.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * Where servers and clients run, ours and the references alike: each side on a processor of its own.
 *
 * @param server processor of servers, -1 when nothing can be pinned.
 * @param client processor of clients.
 */
public record Cores(int server, int client) {
    /** Servers on the first processor, clients on the second; no pinning without two of them or without taskset. */
    public static Cores ofThisMachine() {
        return Runtime.getRuntime().availableProcessors() >= 2 && Programs.isThere("taskset")
                ? new Cores(0, 1)
                : new Cores(-1, -1);
    }

    /** As {@link #toString} wrote them, for a JVM that sees its own processor only. */
    static Cores parse(final String text) {
        final String[] both = text.split(",", -1);
        return new Cores(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }

    @Override
    public String toString() {
        return server + "," + client;
    }

    /** Whether both sides can spin: on one processor they would wait for each other's time slices. */
    public boolean apart() {
        return server >= 0 && client >= 0 && server != client;
    }

    /** A command that runs on the servers' processor. */
    public List<String> onServer(final List<String> command) {
        return pinned(server, command);
    }

    /** A command that runs on the clients' processor. */
    public List<String> onClient(final List<String> command) {
        return pinned(client, command);
    }

    private static List<String> pinned(final int cpu, final List<String> command) {
        if (cpu < 0) {
            return command;
        }
        final List<String> words = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        words.addAll(command);
        return words;
    }
}
