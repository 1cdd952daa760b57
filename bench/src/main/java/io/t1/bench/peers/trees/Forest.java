package io.t1.bench.peers.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A forest as XGBoost's JSON model gives it.
 *
 * @param logistic whether its sum of leaves is a log-odds.
 * @param baseMargin what the leaves are added to.
 */
record Forest(boolean logistic, float baseMargin, List<Tree> trees) {
    /**
     * One tree; node 0 is its root.
     *
     * @param left child of a node, -1 of a leaf.
     * @param right the other.
     * @param feature that a node splits on: left where it is under {@code value}.
     * @param value the split, or the leaf's value.
     * @param missingLeft where a NaN goes.
     */
    record Tree(int[] left, int[] right, int[] feature, float[] value, boolean[] missingLeft) {
        boolean isLeaf(final int node) {
            return left[node] < 0;
        }

        int nodes() {
            return left.length;
        }
    }

    static Forest ofJson(final byte[] json) throws IOException {
        final JsonNode learner = new ObjectMapper().readTree(json).get("learner");
        final boolean logistic = learner.get("objective").get("name").asText().equals("binary:logistic");
        // one number, in brackets from XGBoost 3.1 on
        final double base = Double.parseDouble(
                learner.get("learner_model_param").get("base_score").asText().replaceAll("[\\[\\]]", ""));
        final List<Tree> trees = new ArrayList<>();
        for (final JsonNode tree : learner.get("gradient_booster").get("model").get("trees")) {
            final int[] left = ints(tree.get("left_children"));
            final JsonNode missing = tree.get("default_left");
            final boolean[] missingLeft = new boolean[left.length];
            final float[] value = new float[left.length];
            for (int node = 0; node < left.length; node++) {
                missingLeft[node] = missing.get(node).asInt() != 0;
                value[node] = (float) tree.get("split_conditions").get(node).asDouble();
            }
            trees.add(new Tree(
                    left, ints(tree.get("right_children")), ints(tree.get("split_indices")), value, missingLeft));
        }
        return new Forest(logistic, (float) (logistic ? Math.log(base / (1 - base)) : base), List.copyOf(trees));
    }

    private static int[] ints(final JsonNode array) {
        final int[] ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = array.get(i).asInt();
        }
        return ints;
    }
}
