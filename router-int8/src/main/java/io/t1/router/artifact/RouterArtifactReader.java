package io.t1.router.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.router.artifact.MonotoneConstraint.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From JSON to records: members, types and what a type can hold. What the values mean is {@link ArtifactChecks}' to
 * judge.
 */
final class RouterArtifactReader {
    private static final String TRAINING_COUNTS = "training_counts";
    private static final String CATEGORIES = "categories";

    private RouterArtifactReader() {}

    /** An artifact as a file gives it, with the checksum that the file claims. */
    record Parsed(RouterArtifact artifact, String sha256) {}

    static Parsed read(final byte[] json) throws RefusedArtifactException {
        if (json.length > RouterArtifactJson.MAX_LENGTH) {
            throw new RefusedArtifactException(
                    "$", "length=" + json.length + " > " + RouterArtifactJson.MAX_LENGTH + " bytes");
        }
        return document(JsonCursor.root(StrictJson.parse(json)));
    }

    private static Parsed document(final JsonCursor root) throws RefusedArtifactException {
        checkFormat(root);
        root.object(
                "format",
                "format_version",
                "key",
                "features",
                "outputs",
                "pairs",
                "monotone",
                "gate",
                "frontier",
                "baseline",
                "provenance",
                "golden",
                "sha256");
        final List<OutputSpec> outputs = outputs(root.at("outputs"));
        ArtifactChecks.checkOutputNames(outputs); // the members of every pair's grids follow from them
        final RouterArtifact artifact = new RouterArtifact(
                key(root.at("key").object("index", "region", "language")),
                features(root.at("features")),
                outputs,
                pairs(root.at("pairs"), outputs),
                monotone(root.at("monotone")),
                gate(root.at("gate").object("theta_star", "delta", "tau_mean", "epsilon")),
                frontier(root.at("frontier")),
                baseline(root.at("baseline").object("arm", "ef", "topk", "rerank_depth")),
                provenance(root.at("provenance")
                        .object(
                                List.of("tool", "seed", "train_rows", "test_rows", "inputs", "metrics"),
                                TRAINING_COUNTS)),
                golden(root.at("golden")));
        return new Parsed(artifact, sha256(root.at("sha256")));
    }

    /** Before all else: a file of another format should hear that, not of its members. */
    private static void checkFormat(final JsonCursor root) throws RefusedArtifactException {
        final JsonNode members = root.members();
        if (!members.path("format").asText().equals(RouterArtifactWriter.FORMAT)) {
            throw new RefusedArtifactException("$.format", "isn't \"" + RouterArtifactWriter.FORMAT + "\"");
        }
        final JsonNode version = members.path("format_version");
        if (!version.isIntegralNumber() || version.longValue() != RouterArtifactWriter.FORMAT_VERSION) {
            throw new RefusedArtifactException(
                    "$.format_version",
                    "version=" + (version.isIntegralNumber() ? version : "no integer") + ", this reads "
                            + RouterArtifactWriter.FORMAT_VERSION);
        }
    }

    private static TableKey key(final JsonCursor key) throws RefusedArtifactException {
        try {
            return new TableKey(
                    key.at("index").text(),
                    key.at("region").text(),
                    key.at("language").text());
        } catch (final IllegalArgumentException e) {
            throw new RefusedArtifactException(key.path(), String.valueOf(e.getMessage()));
        }
    }

    private static List<FeatureSpec> features(final JsonCursor array) throws RefusedArtifactException {
        final List<FeatureSpec> features = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor feature = array.at(i).object(List.of("name", "unit", "default_code", "knots"), CATEGORIES);
            features.add(new FeatureSpec(
                    feature.at("name").text(),
                    feature.at("unit").text(),
                    feature.at("default_code").int32(),
                    feature.at("knots").float32s(),
                    feature.has(CATEGORIES) ? categories(feature.at(CATEGORIES)) : List.of()));
        }
        return List.copyOf(features);
    }

    private static List<String> categories(final JsonCursor array) throws RefusedArtifactException {
        final List<String> categories = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            categories.add(array.at(i).text());
        }
        ArtifactChecks.requireCount(
                array.path(), categories.size(), 1, CategoryKnots.MOST); // a number has no list at all
        return List.copyOf(categories);
    }

    private static List<OutputSpec> outputs(final JsonCursor array) throws RefusedArtifactException {
        final List<OutputSpec> outputs = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor output = array.at(i).object("name", "bias", "offset", "scale", "lo", "hi", "values");
            final JsonCursor values = output.at("values");
            final byte[][] knots = new byte[values.size()][];
            for (int f = 0; f < knots.length; f++) {
                knots[f] = values.at(f).int8s();
            }
            outputs.add(new OutputSpec(
                    outputName(output.at("name")),
                    output.at("bias").int32(),
                    output.at("offset").float32(),
                    output.at("scale").float32(),
                    output.at("lo").float32(),
                    output.at("hi").float32(),
                    knots));
        }
        return List.copyOf(outputs);
    }

    private static OutputName outputName(final JsonCursor name) throws RefusedArtifactException {
        final String text = name.text();
        for (final OutputName output : OutputName.values()) {
            if (output.jsonName().equals(text)) {
                return output;
            }
        }
        throw new RefusedArtifactException(name.path(), "no output of this name");
    }

    private static List<PairSpec> pairs(final JsonCursor array, final List<OutputSpec> outputs)
            throws RefusedArtifactException {
        final String[] names =
                outputs.stream().map(output -> output.name().jsonName()).toArray(String[]::new);
        final List<PairSpec> pairs = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor pair = array.at(i).object("features", "grids");
            final int[] features = pair.at("features").int32s();
            ArtifactChecks.requireCount(pair.at("features").path(), features.length, 2, 2);
            final JsonCursor grids = pair.at("grids").object(names);
            final byte[][] values = new byte[names.length][];
            for (int o = 0; o < names.length; o++) {
                values[o] = grids.at(names[o]).int8s();
            }
            pairs.add(new PairSpec(features[0], features[1], values));
        }
        return List.copyOf(pairs);
    }

    private static List<MonotoneConstraint> monotone(final JsonCursor array) throws RefusedArtifactException {
        final List<MonotoneConstraint> constraints = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor constraint = array.at(i).object("feature", "output", "direction");
            constraints.add(new MonotoneConstraint(
                    constraint.at("feature").text(),
                    outputName(constraint.at("output")),
                    direction(constraint.at("direction"))));
        }
        return List.copyOf(constraints);
    }

    private static Direction direction(final JsonCursor name) throws RefusedArtifactException {
        final String text = name.text();
        for (final Direction direction : Direction.values()) {
            if (RouterArtifactWriter.directionName(direction).equals(text)) {
                return direction;
            }
        }
        throw new RefusedArtifactException(name.path(), "isn't \"increasing\" or \"decreasing\"");
    }

    private static GateSpec gate(final JsonCursor gate) throws RefusedArtifactException {
        final JsonCursor shares = gate.at("epsilon").object("skip", "cheap", "full");
        final float[] epsilon = new float[Arm.COUNT];
        for (int arm = 0; arm < epsilon.length; arm++) {
            epsilon[arm] =
                    shares.at(RouterArtifactWriter.armMember(Arm.ofCode(arm))).float32();
        }
        return new GateSpec(
                gate.at("theta_star").float32(),
                gate.at("delta").float32(),
                gate.at("tau_mean").float32(),
                epsilon);
    }

    private static List<FrontierPoint> frontier(final JsonCursor array) throws RefusedArtifactException {
        final List<FrontierPoint> points = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor point = array.at(i).object("arm", "ef", "topk", "rerank_depth", "p95_cost_ms");
            points.add(new FrontierPoint(
                    arm(point.at("arm")),
                    point.at("ef").int32(),
                    point.at("topk").int32(),
                    point.at("rerank_depth").int32(),
                    point.at("p95_cost_ms").float32()));
        }
        return List.copyOf(points);
    }

    private static BaselineDecision baseline(final JsonCursor baseline) throws RefusedArtifactException {
        return new BaselineDecision(
                arm(baseline.at("arm")),
                baseline.at("ef").int32(),
                baseline.at("topk").int32(),
                baseline.at("rerank_depth").int32());
    }

    private static Arm arm(final JsonCursor name) throws RefusedArtifactException {
        final String text = name.text();
        for (int code = 0; code < Arm.COUNT; code++) {
            if (Arm.ofCode(code).name().equals(text)) {
                return Arm.ofCode(code);
            }
        }
        throw new RefusedArtifactException(name.path(), "isn't \"SKIP\", \"CHEAP\" or \"FULL\"");
    }

    private static Provenance provenance(final JsonCursor provenance) throws RefusedArtifactException {
        final JsonCursor array = provenance.at("inputs");
        final List<Provenance.Input> inputs = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor input = array.at(i).object("name", "sha256", "rows");
            inputs.add(new Provenance.Input(
                    input.at("name").text(),
                    input.at("sha256").text(),
                    input.at("rows").integer(0, Long.MAX_VALUE)));
        }
        final JsonCursor figures = provenance.at("metrics");
        final Map<String, Double> metrics = new TreeMap<>();
        for (final Iterator<String> names = figures.members().fieldNames(); names.hasNext(); ) {
            final String name = names.next();
            metrics.put(name, figures.at(name).float64());
        }
        return new Provenance(
                provenance.at("tool").text(),
                provenance.at("seed").integer(Long.MIN_VALUE, Long.MAX_VALUE),
                provenance.at("train_rows").integer(0, Long.MAX_VALUE),
                provenance.at("test_rows").integer(0, Long.MAX_VALUE),
                List.copyOf(inputs),
                Collections.unmodifiableMap(metrics),
                provenance.has(TRAINING_COUNTS) ? trainingCounts(provenance.at(TRAINING_COUNTS)) : Map.of());
    }

    private static Map<String, List<Long>> trainingCounts(final JsonCursor features) throws RefusedArtifactException {
        final Map<String, List<Long>> counts = new TreeMap<>();
        for (final Iterator<String> names = features.members().fieldNames(); names.hasNext(); ) {
            final String name = names.next();
            final JsonCursor array = features.at(name);
            final List<Long> ofFeature = new ArrayList<>();
            for (int i = 0, n = array.size(); i < n; i++) {
                ofFeature.add(array.at(i).integer(0, Long.MAX_VALUE));
            }
            counts.put(name, List.copyOf(ofFeature));
        }
        return Collections.unmodifiableMap(counts);
    }

    private static List<GoldenVector> golden(final JsonCursor array) throws RefusedArtifactException {
        final List<GoldenVector> golden = new ArrayList<>();
        for (int i = 0, n = array.size(); i < n; i++) {
            final JsonCursor vector = array.at(i).object("codes", "accumulators");
            golden.add(new GoldenVector(
                    vector.at("codes").int32s(), vector.at("accumulators").int32s()));
        }
        return List.copyOf(golden);
    }

    private static String sha256(final JsonCursor checksum) throws RefusedArtifactException {
        final String text = checksum.text();
        if (!ProvenanceChecks.isSha256(text)) {
            throw new RefusedArtifactException(checksum.path(), "isn't 64 lower-case hexadecimal digits");
        }
        return text;
    }
}
