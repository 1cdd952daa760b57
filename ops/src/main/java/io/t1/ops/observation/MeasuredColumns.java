package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Measured queries held in columns, each made to a record only when it is asked for: ten million rows of 16 features take
 * half a GiB.
 *
 * <p>Threading: one thread while it is filled, then any.
 */
final class MeasuredColumns extends AbstractList<MeasuredQuery> implements RandomAccess {
    private static final List<List<String>> NO_TOP_TEN = Collections.nCopies(Arm.COUNT, List.of());

    private final QueryIds ids;
    private final List<String> sliceNames = new ArrayList<>();
    private final Map<String, Integer> sliceCodes = new HashMap<>();
    private final Map<Integer, List<List<String>>> topTen = new HashMap<>();
    private int[] slices = new int[1_024];
    private float[][] features = new float[1_024][];
    private double[] ndcg10 = new double[1_024 * Arm.COUNT];
    private double[] latencyMicros = new double[1_024 * Arm.COUNT];
    private int[] kept = new int[0];
    private int size;

    MeasuredColumns(final QueryIds ids) {
        this.ids = ids;
    }

    /** Takes a query in that has no arm yet; its place is the next of the ids. */
    void begin(final ObservationRow first) {
        if (size == features.length) {
            slices = Arrays.copyOf(slices, 2 * size);
            features = Arrays.copyOf(features, 2 * size);
            ndcg10 = Arrays.copyOf(ndcg10, 2 * size * Arm.COUNT);
            latencyMicros = Arrays.copyOf(latencyMicros, 2 * size * Arm.COUNT);
        }
        slices[size] = sliceCodes.computeIfAbsent(first.sliceOrGlobal(), name -> {
            sliceNames.add(name);
            return sliceNames.size() - 1;
        });
        features[size] = first.features();
        size++;
    }

    /** Sets what one arm gave and cost. */
    void measure(final int place, final int arm, final ObservationRow row) {
        ndcg10[place * Arm.COUNT + arm] = row.ndcg10();
        latencyMicros[place * Arm.COUNT + arm] = row.latencyMicros();
        if (!row.topTen().isEmpty()) {
            topTen.computeIfAbsent(place, at -> new ArrayList<>(NO_TOP_TEN)).set(arm, row.topTen());
        }
    }

    /** The features of the query at a place. */
    float[] features(final int place) {
        return features[place];
    }

    /** From now on these are the queries, in this order. */
    void keep(final int[] places) {
        kept = places.clone();
        size = kept.length;
    }

    @Override
    public MeasuredQuery get(final int index) {
        final int place = kept.length == 0 ? index : kept[index];
        final int from = place * Arm.COUNT;
        return new MeasuredQuery(
                ids.at(place),
                sliceNames.get(slices[place]),
                features[place],
                Arrays.copyOfRange(ndcg10, from, from + Arm.COUNT),
                Arrays.copyOfRange(latencyMicros, from, from + Arm.COUNT),
                topTen.getOrDefault(place, NO_TOP_TEN));
    }

    @Override
    public int size() {
        return size;
    }
}
