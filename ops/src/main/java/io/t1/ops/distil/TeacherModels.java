package io.t1.ops.distil;

import io.t1.ops.observation.MeasuredQueries;
import java.util.List;

/** The forests that a table is distilled from, for whoever would score them instead of the table. */
public final class TeacherModels {
    private TeacherModels() {}

    /**
     * Trains one teacher on all queries.
     *
     * @return its forests as XGBoost's JSON models: a chance (logistic) first, then five means.
     */
    public static List<byte[]> train(final MeasuredQueries queries, final long seed) {
        try (Teacher teacher = Teacher.train(TrainingSet.of(queries), ForestSettings.STANDARD, seed)) {
            return teacher.models().stream().map(BoostedTrees::toJson).toList();
        }
    }
}
