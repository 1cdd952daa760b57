package io.t1.bench.peers.trees;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes forests as one ONNX model: a TreeEnsembleRegressor with a target a forest, so that one call scores them all.
 * Field numbers are those of onnx.proto.
 */
final class OnnxModel {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int FLOATS = 6;
    private static final int INTS = 7;
    private static final int STRINGS = 8;

    private OnnxModel() {}

    static byte[] of(final List<Forest> forests, final int features) {
        return message(model -> {
            model.writeInt64(1, 8); // ir_version
            model.writeByteArray(7, graph(forests, features));
            opset(model, "", 15);
            opset(model, "ai.onnx.ml", 3);
        });
    }

    private static void opset(final CodedOutputStream model, final String domain, final long version)
            throws IOException {
        model.writeByteArray(8, message(opset -> {
            opset.writeString(1, domain);
            opset.writeInt64(2, version);
        }));
    }

    private static byte[] graph(final List<Forest> forests, final int features) {
        return message(graph -> {
            graph.writeByteArray(1, node(forests));
            graph.writeString(2, "teacher");
            graph.writeByteArray(11, value("row", features));
            graph.writeByteArray(12, value("out", forests.size()));
        });
    }

    /** A named float tensor of one row. */
    private static byte[] value(final String name, final int columns) {
        return message(value -> {
            value.writeString(1, name);
            value.writeByteArray(
                    2,
                    message(type -> type.writeByteArray(1, message(tensor -> {
                        tensor.writeInt32(1, FLOAT);
                        tensor.writeByteArray(2, message(shape -> {
                            shape.writeByteArray(1, message(dimension -> dimension.writeInt64(1, 1)));
                            shape.writeByteArray(1, message(dimension -> dimension.writeInt64(1, columns)));
                        }));
                    }))));
        });
    }

    private static byte[] node(final List<Forest> forests) {
        final List<Long> treeIds = new ArrayList<>();
        final List<Long> nodeIds = new ArrayList<>();
        final List<Long> features = new ArrayList<>();
        final List<Float> values = new ArrayList<>();
        final List<String> modes = new ArrayList<>();
        final List<Long> yes = new ArrayList<>();
        final List<Long> no = new ArrayList<>();
        final List<Long> missing = new ArrayList<>();
        final List<Long> targetTrees = new ArrayList<>();
        final List<Long> targetNodes = new ArrayList<>();
        final List<Long> targets = new ArrayList<>();
        final List<Float> weights = new ArrayList<>();
        long id = 0;
        for (int target = 0; target < forests.size(); target++) {
            for (final Forest.Tree tree : forests.get(target).trees()) {
                for (int node = 0; node < tree.nodes(); node++) {
                    final boolean leaf = tree.isLeaf(node);
                    treeIds.add(id);
                    nodeIds.add((long) node);
                    features.add(leaf ? 0L : tree.feature()[node]);
                    values.add(leaf ? 0f : tree.value()[node]);
                    modes.add(leaf ? "LEAF" : "BRANCH_LT");
                    yes.add(leaf ? 0L : tree.left()[node]);
                    no.add(leaf ? 0L : tree.right()[node]);
                    missing.add(!leaf && tree.missingLeft()[node] ? 1L : 0L);
                    if (leaf) {
                        targetTrees.add(id);
                        targetNodes.add((long) node);
                        targets.add((long) target);
                        weights.add(tree.value()[node]);
                    }
                }
                id++;
            }
        }
        return message(node -> {
            node.writeString(1, "row");
            node.writeString(2, "out");
            node.writeString(4, "TreeEnsembleRegressor");
            node.writeString(7, "ai.onnx.ml");
            ints(node, "nodes_treeids", treeIds);
            ints(node, "nodes_nodeids", nodeIds);
            ints(node, "nodes_featureids", features);
            floats(node, "nodes_values", values);
            strings(node, "nodes_modes", modes);
            ints(node, "nodes_truenodeids", yes);
            ints(node, "nodes_falsenodeids", no);
            ints(node, "nodes_missing_value_tracks_true", missing);
            ints(node, "target_treeids", targetTrees);
            ints(node, "target_nodeids", targetNodes);
            ints(node, "target_ids", targets);
            floats(node, "target_weights", weights);
            floats(node, "base_values", forests.stream().map(Forest::baseMargin).toList());
            attribute(node, "n_targets", INT, body -> body.writeInt64(3, forests.size()));
            attribute(node, "post_transform", STRING, body -> body.writeString(4, "NONE"));
            attribute(node, "aggregate_function", STRING, body -> body.writeString(4, "SUM"));
        });
    }

    private static void ints(final CodedOutputStream node, final String name, final List<Long> values)
            throws IOException {
        attribute(node, name, INTS, body -> {
            for (final long value : values) {
                body.writeInt64(8, value);
            }
        });
    }

    private static void floats(final CodedOutputStream node, final String name, final List<Float> values)
            throws IOException {
        attribute(node, name, FLOATS, body -> {
            for (final float value : values) {
                body.writeFloat(7, value);
            }
        });
    }

    private static void strings(final CodedOutputStream node, final String name, final List<String> values)
            throws IOException {
        attribute(node, name, STRINGS, body -> {
            for (final String value : values) {
                body.writeString(9, value);
            }
        });
    }

    private static void attribute(final CodedOutputStream node, final String name, final int type, final Body body)
            throws IOException {
        node.writeByteArray(5, message(attribute -> {
            attribute.writeString(1, name);
            body.write(attribute);
            attribute.writeEnum(20, type);
        }));
    }

    /** Writes a message's fields. */
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(final Body body) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.write(out);
            out.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
