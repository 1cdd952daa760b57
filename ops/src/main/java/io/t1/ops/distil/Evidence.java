package io.t1.ops.distil;

/**
 * What is known of each query's arms, fold by fold. Of queries measured under every arm it is the same for whoever asks; of
 * a log it comes from models, and who is judged on a fold may not learn from models that saw it.
 *
 * <p>Threading: any.
 */
interface Evidence {
    /** All queries, what is known of each coming from models that hadn't seen its fold: to judge by. */
    TrainingSet all();

    /**
     * All queries, what is known of each coming from models that had seen neither its fold nor these: to learn from outside
     * these folds.
     *
     * @param one fold.
     * @param other the same or another.
     */
    TrainingSet without(int one, int other);

    /** Of queries measured under every arm. */
    static Evidence of(final TrainingSet measured) {
        return new Evidence() {
            @Override
            public TrainingSet all() {
                return measured;
            }

            @Override
            public TrainingSet without(final int one, final int other) {
                return measured;
            }
        };
    }
}
