package io.t1.ops.distil;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.PartedObservations;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads and holds queries, and grows forests, elsewhere than in this process. Threading: one thread. Closed by whoever opened it.
 *
 * <p>What an engine needs is no part of the ordinary class path: one that isn't there isn't found.
 */
public interface DistilEngine extends AutoCloseable {
    /** Opens engines of one name. Found by {@link ServiceLoader}. */
    interface Opener {
        /** Name of its engines on the command line. */
        String name();

        /**
         * Opens one.
         *
         * @throws BadInputException if there is no such place, or it can't do so much at a time.
         */
        DistilEngine open(Place place);
    }

    /**
     * Where an engine works.
     *
     * @param master as the engine names it, such as {@code local[2]}; empty: what the engine's own configuration says.
     * @param workers parts that a forest's rows lie in. Sums are added up by part, so the same number gives the same bytes.
     */
    record Place(Optional<String> master, int workers) {}

    /** The opener of engines of a name; empty where the class path has none. */
    static Optional<Opener> named(final String name) {
        return ServiceLoader.load(Opener.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(opener -> opener.name().equals(name))
                .findFirst();
    }

    /**
     * Queries held where the engine works.
     *
     * @param queries until the engine is closed.
     * @param rows that they were gathered from.
     */
    record Held(ObservedQueries queries, PartedObservations rows) {}

    /**
     * Reads files, folders and globs where the engine works.
     *
     * @throws BadInputException as {@link ObservationReader#readElsewhere}, and if the engine can't do it.
     */
    Held read(ObservationReader reader, List<String> names, Progress progress);

    @Override
    void close();
}
