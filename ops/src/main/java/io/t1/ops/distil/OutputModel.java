package io.t1.ops.distil;

/** A stage of the student: something that says a table's outputs of queries. Threading: any once built. */
@FunctionalInterface
interface OutputModel {
    /**
     * Computes outputs, unclamped.
     *
     * @param rows {@code [query][feature]}, in the training set's order.
     * @return {@code [output][query]}, in the table's order.
     */
    double[][] at(float[][] rows);
}
