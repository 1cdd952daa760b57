package io.t1.codec.client;

import io.t1.codec.TableKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the table of each query's slice, see {@link io.t1.codec.SliceKey}, and where a slice has none, or none any more, that
 * of the traffic as a whole. A slice's table may come and go while this runs.
 *
 * <p>Threading: one thread. Allocation: none in {@code decide} once warm, while connections and tables' features stay.
 */
public final class SlicedClient implements AutoCloseable {
    private final T1Client whole;
    private final Map<TableKey, T1Client> slices;

    private SlicedClient(final T1Client whole, final Map<TableKey, T1Client> slices) {
        this.whole = whole;
        this.slices = slices;
    }

    /**
     * Connects for the traffic as a whole and for each slice, as {@link T1Client#connect}.
     *
     * @param whole the traffic.
     * @param slices keys of slices that may have tables.
     * @param contexts a new context for a key, concluded by none yet.
     */
    public static SlicedClient connect(
            final TableKey whole, final Collection<TableKey> slices, final Function<TableKey, ClientContext> contexts) {
        final List<T1Client> connected = new ArrayList<>();
        try {
            connected.add(T1Client.connect(contexts.apply(whole).tableKey(whole)));
            final Map<TableKey, T1Client> bySlice = new LinkedHashMap<>();
            for (final TableKey slice : slices) {
                final T1Client client = T1Client.connect(contexts.apply(slice).tableKey(slice));
                connected.add(client);
                bySlice.put(slice, client);
            }
            return new SlicedClient(connected.getFirst(), bySlice);
        } catch (final RuntimeException e) {
            connected.forEach(T1Client::close);
            throw e;
        }
    }

    /**
     * Decides one query by its slice's table.
     *
     * @param slice of the query; null where it is of none.
     * @param features as {@link T1Client#decide(float[], float, Decision)} takes them.
     * @param nodeScore NaN for none.
     */
    public void decide(
            final @Nullable TableKey slice, final float[] features, final float nodeScore, final Decision out) {
        final T1Client own = slice == null ? null : slices.get(slice);
        if (own != null && (own.isReady() || own.advance())) {
            own.decide(features, nodeScore, out);
            if (out.degradedReason() != DegradedReason.NOT_READY) {
                return;
            }
        }
        whole.decide(features, nodeScore, out);
    }

    /** Tells what became of a decision, by whichever table; as {@link T1Client#outcome}. */
    public boolean outcome(final OutcomeReport report) {
        return whole.outcome(report);
    }

    /** The client of the traffic as a whole. */
    public T1Client whole() {
        return whole;
    }

    /** Whether a slice has a table of its own now. */
    public boolean hasTable(final TableKey slice) {
        final T1Client own = slices.get(slice);
        return own != null && (own.isReady() || own.advance());
    }

    @Override
    public void close() {
        slices.values().forEach(T1Client::close);
        whole.close();
    }
}
