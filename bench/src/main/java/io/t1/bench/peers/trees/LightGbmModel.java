package io.t1.bench.peers.trees;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a forest in LightGBM's text format. XGBoost goes left where a feature is under the split, LightGBM where it is
 * at most: so each split is the float just below.
 */
final class LightGbmModel {
    private static final int MISSING_IS_NAN = 2 << 2;
    private static final int DEFAULT_LEFT = 1 << 1;

    private LightGbmModel() {}

    static String text(final Forest forest, final int features) {
        final StringBuilder text = new StringBuilder("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\n")
                .append("label_index=0\nmax_feature_idx=")
                .append(features - 1)
                .append(forest.logistic() ? "\nobjective=binary sigmoid:1\n" : "\nobjective=regression\n")
                .append("feature_names=")
                .append(IntStream.range(0, features).mapToObj(f -> "f" + f).collect(Collectors.joining(" ")))
                .append("\nfeature_infos=")
                .append(IntStream.range(0, features)
                        .mapToObj(f -> "[-1e30:1e30]")
                        .collect(Collectors.joining(" ")))
                .append("\n\n");
        for (int i = 0; i < forest.trees().size(); i++) {
            tree(text, i, forest.trees().get(i), i == 0 ? forest.baseMargin() : 0);
        }
        return text.append("end of trees\n").toString();
    }

    private static void tree(final StringBuilder text, final int number, final Forest.Tree tree, final float base) {
        final List<Integer> splits = new ArrayList<>();
        final List<Integer> leaves = new ArrayList<>();
        final int[] index = new int[tree.nodes()]; // of a split, or ~ of a leaf
        number(tree, 0, splits, leaves, index);
        text.append("Tree=")
                .append(number)
                .append("\nnum_leaves=")
                .append(leaves.size())
                .append("\nnum_cat=0\n");
        line(text, "split_feature", splits, node -> Integer.toString(tree.feature()[node]));
        line(text, "split_gain", splits, node -> "1");
        line(text, "threshold", splits, node -> Double.toString(Math.nextDown(tree.value()[node])));
        line(
                text,
                "decision_type",
                splits,
                node -> Integer.toString(MISSING_IS_NAN | (tree.missingLeft()[node] ? DEFAULT_LEFT : 0)));
        line(text, "left_child", splits, node -> Integer.toString(index[tree.left()[node]]));
        line(text, "right_child", splits, node -> Integer.toString(index[tree.right()[node]]));
        line(text, "leaf_value", leaves, node -> Double.toString((double) tree.value()[node] + base));
        line(text, "leaf_weight", leaves, node -> "1");
        line(text, "leaf_count", leaves, node -> "1");
        line(text, "internal_value", splits, node -> "0");
        line(text, "internal_weight", splits, node -> "1");
        line(text, "internal_count", splits, node -> "1");
        text.append("is_linear=0\nshrinkage=1\n\n\n");
    }

    private static void number(
            final Forest.Tree tree,
            final int node,
            final List<Integer> splits,
            final List<Integer> leaves,
            final int[] index) {
        if (tree.isLeaf(node)) {
            index[node] = ~leaves.size();
            leaves.add(node);
            return;
        }
        index[node] = splits.size();
        splits.add(node);
        number(tree, tree.left()[node], splits, leaves, index);
        number(tree, tree.right()[node], splits, leaves, index);
    }

    /** What is written of a node. */
    private interface OfNode {
        String text(int node);
    }

    private static void line(
            final StringBuilder text, final String name, final List<Integer> nodes, final OfNode value) {
        text.append(name)
                .append('=')
                .append(nodes.stream().map(value::text).collect(Collectors.joining(" ")))
                .append('\n');
    }
}
