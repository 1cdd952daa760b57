package io.t1.bench.load;

import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a load is made of, with its defaults.
 *
 * <p>Threading: one thread until the load starts; then read only.
 */
public final class LoadContext {
    private static final int MOST_CLIENTS = 1_024;
    private static final int MOST_IN_FLIGHT = 1 << 16;

    private final Connector connector;
    private List<TableKey> tableKeys = List.of(TableKey.DEFAULT);
    private int clients = 1;
    private int threads = 1;
    private int batch = 1;
    private int inFlight = 256;
    private Features features = Features.FLOATS;
    private long warmupNs = 1_000_000_000L;
    private long measureNs = 10_000_000_000L;
    private long seed = 1;

    /** @param connector opens the clients' connections. */
    public LoadContext(final Connector connector) {
        this.connector = connector;
    }

    /**
     * The tables that are asked, in turn; {@link TableKey#DEFAULT} alone by default. Where there are at least as many as
     * clients, each client asks its share: a connection may name 1,024.
     */
    public LoadContext tableKeys(final List<TableKey> tableKeys) {
        if (tableKeys.isEmpty()) {
            throw new IllegalArgumentException("no table key");
        }
        this.tableKeys = List.copyOf(tableKeys);
        return this;
    }

    /** Connections, 1 to 1,024; 1 by default. */
    public LoadContext clients(final int clients) {
        this.clients = within("clients", clients, 1, MOST_CLIENTS);
        return this;
    }

    /** Threads that the clients are spread over, 1 to their number; 1 by default. */
    public LoadContext threads(final int threads) {
        this.threads = within("threads", threads, 1, MOST_CLIENTS);
        return this;
    }

    /** Queries in a request, 1 to 1,024; 1 by default. */
    public LoadContext batch(final int batch) {
        this.batch = within("batch", batch, 1, FrameDescriptor.MAX_QUERIES);
        return this;
    }

    /** Most requests in flight on a connection, a power of two of 1 to 65,536; 256 by default. */
    public LoadContext inFlight(final int inFlight) {
        if (Integer.bitCount(within("inFlight", inFlight, 1, MOST_IN_FLIGHT)) != 1) {
            throw new IllegalArgumentException("inFlight=" + inFlight + " is no power of two");
        }
        this.inFlight = inFlight;
        return this;
    }

    /** How features travel; float32 rows by default. */
    public LoadContext features(final Features features) {
        this.features = features;
        return this;
    }

    /** What runs first and isn't counted, in nanoseconds; 1 s by default. */
    public LoadContext warmupNs(final long warmupNs) {
        if (warmupNs < 0) {
            throw new IllegalArgumentException("warmupNs=" + warmupNs + " < 0");
        }
        this.warmupNs = warmupNs;
        return this;
    }

    /** What is measured, in nanoseconds; 10 s by default. */
    public LoadContext measureNs(final long measureNs) {
        if (measureNs < 1) {
            throw new IllegalArgumentException("measureNs=" + measureNs + " < 1");
        }
        this.measureNs = measureNs;
        return this;
    }

    /** Of features and of random arrivals; 1 by default. */
    public LoadContext seed(final long seed) {
        this.seed = seed;
        return this;
    }

    /** A connection that has said hello, and requests for it. */
    Client open(final Waiting waiting, final int number) throws IOException {
        final FramePipe pipe = connector.open(waiting);
        try {
            final List<Greeting> greetings = new ArrayList<>();
            final int step = tableKeys.size() < clients ? 1 : clients;
            for (int i = step == 1 ? 0 : number; i < tableKeys.size(); i += step) {
                greetings.add(Greeting.exchange(pipe, tableKeys.get(i)));
            }
            final int requests = Math.max(inFlight, Integer.highestOneBit(Math.max(1, 2 * greetings.size() - 1)));
            return new Client(pipe, PreparedRequests.of(greetings, requests, batch, features, seed + number), inFlight);
        } catch (final RuntimeException e) {
            pipe.close();
            throw e;
        }
    }

    /**
     * A connection and what it sends.
     *
     * @param requests as many as may be in flight or more; a power of two.
     */
    record Client(FramePipe pipe, PreparedRequests requests, int inFlight) {}

    int clients() {
        return clients;
    }

    int threads() {
        return Math.min(threads, clients);
    }

    int batch() {
        return batch;
    }

    long warmupNs() {
        return warmupNs;
    }

    long measureNs() {
        return measureNs;
    }

    long seed() {
        return seed;
    }

    private static int within(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " not in " + least + ".." + most);
        }
        return value;
    }
}
