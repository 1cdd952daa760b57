package io.t1.ops.cli;

import io.t1.ops.distil.DistilEngine;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.LargeSets;
import io.t1.ops.distil.ObservedQueries;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.LoggedObservations;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.Observations;
import io.t1.ops.observation.PartedObservations;
import io.t1.ops.observation.ReadRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one run reads its rows and grows its forests: this process, or an engine elsewhere. Threading: one thread. */
final class OpenEngine implements AutoCloseable {
    private final @Nullable DistilEngine elsewhere;
    private final LargeSets largeSets;
    private @Nullable ObservedQueries held;

    /**
     * @param elsewhere closed with this; null: this process.
     */
    OpenEngine(final @Nullable DistilEngine elsewhere, final LargeSets largeSets) {
        this.elsewhere = elsewhere;
        this.largeSets = largeSets;
    }

    /** Reads files, folders and globs. */
    ReadRows read(final ObservationReader reader, final List<String> names, final Progress progress) {
        if (elsewhere == null) {
            return reader.readMeasuredOrLogged(names, progress);
        }
        final DistilEngine.Held read = elsewhere.read(reader, names, progress);
        held = read.queries();
        return read.rows();
    }

    /**
     * Learns from what was read here.
     *
     * @param names of the files, for messages.
     */
    DistilResult distil(
            final List<String> names, final ReadRows read, final DistilSettings settings, final Progress progress) {
        return switch (read) {
            case Observations measured -> {
                LearnableQueries.require(names, measured.queries());
                yield Distiller.distil(measured.queries(), settings, largeSets, progress);
            }
            case LoggedObservations logged -> {
                LearnableQueries.require(names, logged.log());
                yield Distiller.distil(logged.log(), settings, progress);
            }
            case PartedObservations parted -> {
                LearnableQueries.require(names, parted.featureNames(), parted.queries());
                yield Distiller.distil(held(), settings, largeSets, progress);
            }
        };
    }

    private ObservedQueries held() {
        if (held == null) {
            throw new IllegalStateException("queries of another engine");
        }
        return held;
    }

    @Override
    public void close() {
        if (elsewhere != null) {
            elsewhere.close();
        }
    }
}
