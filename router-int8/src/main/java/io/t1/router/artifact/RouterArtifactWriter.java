package io.t1.router.artifact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.t1.codec.Arm;
import io.t1.router.artifact.MonotoneConstraint.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the canonical form: members in one order, numbers in the fewest digits that read back to the same value, -0.0
 * as 0.0, two spaces and a line feed.
 */
final class RouterArtifactWriter {
    static final String FORMAT = "t1.router";
    static final int FORMAT_VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private RouterArtifactWriter(final JsonGenerator json) {
        this.json = json;
    }

    /**
     * @param sha256 the checksum's member, last; null leaves it out, which is the form that the checksum covers.
     */
    static byte[] write(final RouterArtifact artifact, final @Nullable String sha256) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            final DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
            new RouterArtifactWriter(json).document(artifact, sha256);
        } catch (final IOException e) {
            throw new UncheckedIOException("an array in memory refused bytes", e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    static String armMember(final Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT);
    }

    static String directionName(final Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    private void document(final RouterArtifact artifact, final @Nullable String sha256) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeNumberField("format_version", FORMAT_VERSION);
        json.writeObjectFieldStart("key");
        json.writeStringField("index", artifact.key().index());
        json.writeStringField("region", artifact.key().region());
        json.writeStringField("language", artifact.key().language());
        json.writeEndObject();
        json.writeArrayFieldStart("features");
        for (final FeatureSpec feature : artifact.features()) {
            feature(feature);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("outputs");
        for (final OutputSpec output : artifact.outputs()) {
            output(output);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pairs");
        for (final PairSpec pair : artifact.pairs()) {
            pair(pair);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("monotone");
        for (final MonotoneConstraint constraint : artifact.monotone()) {
            json.writeStartObject();
            json.writeStringField("feature", constraint.feature());
            json.writeStringField("output", constraint.output().jsonName());
            json.writeStringField("direction", directionName(constraint.direction()));
            json.writeEndObject();
        }
        json.writeEndArray();
        policy(artifact);
        provenance(artifact.provenance());
        json.writeArrayFieldStart("golden");
        for (final GoldenVector golden : artifact.golden()) {
            json.writeStartObject();
            integers("codes", golden.codes());
            integers("accumulators", golden.accumulators());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (sha256 != null) {
            json.writeStringField("sha256", sha256);
        }
        json.writeEndObject();
    }

    private void feature(final FeatureSpec feature) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", feature.name());
        json.writeStringField("unit", feature.unit());
        json.writeNumberField("default_code", feature.defaultCode());
        json.writeArrayFieldStart("knots");
        for (final float knot : feature.knots()) {
            json.writeNumber(decimal(knot));
        }
        json.writeEndArray();
        if (feature.categorical()) { // numbers are written as before there were any
            json.writeArrayFieldStart("categories");
            for (final String category : feature.categories()) {
                json.writeString(category);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void output(final OutputSpec output) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.name().jsonName());
        json.writeNumberField("bias", output.bias());
        number("offset", output.offset());
        number("scale", output.scale());
        number("lo", output.lo());
        number("hi", output.hi());
        json.writeArrayFieldStart("values");
        for (final byte[] knots : output.values()) {
            int8s(knots);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void pair(final PairSpec pair) throws IOException {
        json.writeStartObject();
        integers("features", new int[] {pair.first(), pair.second()});
        json.writeObjectFieldStart("grids");
        for (int o = 0; o < pair.grids().length; o++) {
            json.writeFieldName(OutputName.values()[o].jsonName());
            int8s(pair.grids()[o]);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void policy(final RouterArtifact artifact) throws IOException {
        final GateSpec gate = artifact.gate();
        json.writeObjectFieldStart("gate");
        number("theta_star", gate.thetaStar());
        number("delta", gate.delta());
        number("tau_mean", gate.tauMean());
        json.writeObjectFieldStart("epsilon");
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            number(armMember(Arm.ofCode(arm)), gate.epsilon()[arm]);
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("frontier");
        for (final FrontierPoint point : artifact.frontier()) {
            json.writeStartObject();
            configuration(point.arm(), point.ef(), point.topk(), point.rerankDepth());
            number("p95_cost_ms", point.p95CostMs());
            json.writeEndObject();
        }
        json.writeEndArray();
        final BaselineDecision baseline = artifact.baseline();
        json.writeObjectFieldStart("baseline");
        configuration(baseline.arm(), baseline.ef(), baseline.topk(), baseline.rerankDepth());
        json.writeEndObject();
    }

    private void configuration(final Arm arm, final int ef, final int topk, final int rerankDepth) throws IOException {
        json.writeStringField("arm", arm.name());
        json.writeNumberField("ef", ef);
        json.writeNumberField("topk", topk);
        json.writeNumberField("rerank_depth", rerankDepth);
    }

    private void provenance(final Provenance provenance) throws IOException {
        json.writeObjectFieldStart("provenance");
        json.writeStringField("tool", provenance.tool());
        json.writeNumberField("seed", provenance.seed());
        json.writeNumberField("train_rows", provenance.trainRows());
        json.writeNumberField("test_rows", provenance.testRows());
        json.writeArrayFieldStart("inputs");
        for (final Provenance.Input input : provenance.inputs()) {
            json.writeStartObject();
            json.writeStringField("name", input.name());
            json.writeStringField("sha256", input.sha256());
            json.writeNumberField("rows", input.rows());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("metrics");
        for (final Map.Entry<String, Double> metric : new TreeMap<>(provenance.metrics()).entrySet()) {
            json.writeFieldName(metric.getKey());
            json.writeNumber(Double.toString(metric.getValue() + 0.0));
        }
        json.writeEndObject();
        trainingCounts(provenance.trainingCounts());
        json.writeEndObject();
    }

    /** Nothing when nothing is known, as in tables from before there were any. */
    private void trainingCounts(final Map<String, List<Long>> counts) throws IOException {
        if (counts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("training_counts");
        for (final Map.Entry<String, List<Long>> feature : new TreeMap<>(counts).entrySet()) {
            final long[] values =
                    feature.getValue().stream().mapToLong(Long::longValue).toArray();
            json.writeFieldName(feature.getKey());
            json.writeArray(values, 0, values.length);
        }
        json.writeEndObject();
    }

    private void integers(final String name, final int[] values) throws IOException {
        json.writeFieldName(name);
        json.writeArray(values, 0, values.length);
    }

    private void int8s(final byte[] values) throws IOException {
        json.writeStartArray();
        for (final byte value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private void number(final String name, final float value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(decimal(value));
    }

    private static String decimal(final float value) {
        return Float.toString(value + 0.0f);
    }
}
