package io.t1.router.artifact;

import io.t1.router.artifact.MonotoneConstraint.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that must be true of an artifact, whoever made it: shapes, ranges, order, monotonicity, worked examples. Run when
 * a table is read, written, or laid out for kernels.
 */
public final class ArtifactChecks {
    private static final Pattern FEATURE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int LONGEST_UNIT = 32;

    private ArtifactChecks() {}

    /**
     * Checks everything but the checksum, which only a file has.
     *
     * @throws RefusedArtifactException at the first thing that is wrong.
     */
    public static void check(final RouterArtifact artifact) throws RefusedArtifactException {
        checkFeatures(artifact.features());
        checkOutputs(artifact.outputs(), artifact.features().size());
        checkPairs(artifact);
        checkAccumulators(artifact);
        checkMonotone(artifact);
        PolicyChecks.check(artifact);
        ProvenanceChecks.check(artifact.provenance(), artifact.featureNames());
        checkGolden(artifact);
    }

    static void require(final boolean holds, final String path, final String reason) throws RefusedArtifactException {
        if (!holds) {
            throw new RefusedArtifactException(path, reason);
        }
    }

    static void requireFinite(final String path, final float value) throws RefusedArtifactException {
        if (!Float.isFinite(value)) {
            throw new RefusedArtifactException(path, "value=" + value + " isn't finite");
        }
    }

    static void requireCount(final String path, final int count, final int least, final int most)
            throws RefusedArtifactException {
        if (count < least || count > most) {
            throw new RefusedArtifactException(
                    path, "count=" + count + (least == most ? " != " + least : " not in " + least + ".." + most));
        }
    }

    static void requireRange(final String path, final long value, final long least, final long most)
            throws RefusedArtifactException {
        if (value < least || value > most) {
            throw new RefusedArtifactException(path, "value=" + value + " not in " + least + ".." + most);
        }
    }

    /** Text for people: no control characters, no half surrogate pairs. */
    static void requireText(final String path, final String text, final int least, final int most)
            throws RefusedArtifactException {
        if (text.length() < least || text.length() > most) {
            throw new RefusedArtifactException(path, "length=" + text.length() + " not in " + least + ".." + most);
        }
        final boolean printable = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        require(printable, path, "holds a control character or half a surrogate pair");
    }

    private static void checkFeatures(final List<FeatureSpec> features) throws RefusedArtifactException {
        requireCount("$.features", features.size(), 1, RouterArtifact.MAX_FEATURES);
        final Set<String> names = new HashSet<>();
        for (int f = 0; f < features.size(); f++) {
            final FeatureSpec feature = features.get(f);
            final String path = "$.features[" + f + "]";
            require(
                    FEATURE_NAME.matcher(feature.name()).matches(),
                    path + ".name",
                    "isn't 1 to 64 of a-z 0-9 _ from a letter");
            require(names.add(feature.name()), path + ".name", "name=" + feature.name() + " comes twice");
            requireText(path + ".unit", feature.unit(), 0, LONGEST_UNIT);
            requireRange(path + ".default_code", feature.defaultCode(), 0, 255);
            checkKnots(path + ".knots", feature.knots());
            CategoryKnots.check(path, feature);
        }
    }

    // what is said of a value is put together only once it is wrong: tables are read while others decide

    private static void checkKnots(final String path, final float[] knots) throws RefusedArtifactException {
        requireCount(path, knots.length, FeatureSpec.KNOTS, FeatureSpec.KNOTS);
        for (int i = 0; i < knots.length; i++) {
            if (!Float.isFinite(knots[i])) {
                requireFinite(path + "[" + i + "]", knots[i]);
            }
            if (i > 0) {
                checkSegment(path, i, knots[i - 1], knots[i]);
            }
        }
    }

    private static void checkSegment(final String path, final int index, final float left, final float right)
            throws RefusedArtifactException {
        final float width = right - left;
        if (!(right > left)) {
            throw new RefusedArtifactException(
                    path + "[" + index + "]", "knot=" + right + " isn't above the one before, " + left);
        }
        if (!Float.isFinite(width) || !Float.isFinite(16f / width)) {
            throw new RefusedArtifactException(
                    path + "[" + index + "]", "segment width=" + width + " has no finite inverse in float32");
        }
    }

    /** The first four, then perhaps the fifth, in the order of {@link OutputName}. */
    static void checkOutputNames(final List<OutputSpec> outputs) throws RefusedArtifactException {
        final OutputName[] names = OutputName.values();
        requireCount("$.outputs", outputs.size(), RouterArtifact.MIN_OUTPUTS, names.length);
        for (int o = 0; o < outputs.size(); o++) {
            final OutputName name = outputs.get(o).name();
            require(
                    name == names[o],
                    "$.outputs[" + o + "].name",
                    "name=" + name.jsonName() + " but here stands " + names[o].jsonName());
        }
    }

    private static void checkOutputs(final List<OutputSpec> outputs, final int features)
            throws RefusedArtifactException {
        checkOutputNames(outputs);
        for (int o = 0; o < outputs.size(); o++) {
            final OutputSpec output = outputs.get(o);
            final String path = "$.outputs[" + o + "]";
            requireFinite(path + ".offset", output.offset());
            requireFinite(path + ".scale", output.scale());
            require(output.scale() > 0, path + ".scale", "scale=" + output.scale() + " isn't above 0");
            requireFinite(path + ".lo", output.lo());
            requireFinite(path + ".hi", output.hi());
            require(output.lo() <= output.hi(), path + ".lo", "lo=" + output.lo() + " > hi=" + output.hi());
            requireCount(path + ".values", output.values().length, features, features);
            for (int f = 0; f < features; f++) {
                if (output.values()[f].length != FeatureSpec.KNOTS) {
                    requireCount(
                            path + ".values[" + f + "]",
                            output.values()[f].length,
                            FeatureSpec.KNOTS,
                            FeatureSpec.KNOTS);
                }
            }
        }
    }

    private static void checkPairs(final RouterArtifact artifact) throws RefusedArtifactException {
        requireCount("$.pairs", artifact.pairs().size(), 0, RouterArtifact.MAX_PAIRS);
        final Set<Integer> seen = new HashSet<>();
        for (int p = 0; p < artifact.pairs().size(); p++) {
            final PairSpec pair = artifact.pairs().get(p);
            final String path = "$.pairs[" + p + "]";
            final int last = artifact.features().size() - 1;
            requireRange(path + ".features[0]", pair.first(), 0, last);
            requireRange(path + ".features[1]", pair.second(), 0, last);
            require(
                    pair.first() < pair.second(),
                    path + ".features",
                    "first=" + pair.first() + " isn't below second=" + pair.second());
            require(
                    seen.add(pair.first() * RouterArtifact.MAX_FEATURES + pair.second()),
                    path + ".features",
                    "[" + pair.first() + ", " + pair.second() + "] comes twice");
            requireCount(
                    path + ".grids",
                    pair.grids().length,
                    artifact.outputs().size(),
                    artifact.outputs().size());
            for (int o = 0; o < pair.grids().length; o++) {
                requireCount(
                        path + ".grids." + OutputName.values()[o].jsonName(),
                        pair.grids()[o].length,
                        PairSpec.LINES * PairSpec.LINES,
                        PairSpec.LINES * PairSpec.LINES);
            }
        }
    }

    private static void checkAccumulators(final RouterArtifact artifact) throws RefusedArtifactException {
        for (int o = 0; o < artifact.outputs().size(); o++) {
            final AccumulatorRange range = AccumulatorRange.of(artifact, o);
            if (!range.isExactInFloat32()) {
                throw new RefusedArtifactException(
                        "$.outputs[" + o + "].bias",
                        "bias=" + artifact.outputs().get(o).bias() + " lets the accumulator reach " + range.least()
                                + ".." + range.most() + ", limit=+-" + AccumulatorRange.LIMIT);
            }
        }
    }

    private static void checkMonotone(final RouterArtifact artifact) throws RefusedArtifactException {
        final List<MonotoneConstraint> constraints = artifact.monotone();
        for (int i = 0; i < constraints.size(); i++) {
            final MonotoneConstraint constraint = constraints.get(i);
            final String path = "$.monotone[" + i + "]";
            final int feature = artifact.featureIndex(constraint.feature());
            require(feature >= 0, path + ".feature", "no feature of this name in $.features");
            require(
                    !artifact.features().get(feature).categorical(),
                    path + ".feature",
                    constraint.feature() + " has categories, which have no order to rise or fall with");
            require(
                    artifact.outputIndex(constraint.output()) >= 0,
                    path + ".output",
                    "no output of this name in $.outputs");
            for (int j = 0; j < i; j++) {
                final MonotoneConstraint earlier = constraints.get(j);
                require(
                        earlier.output() != constraint.output()
                                || !earlier.feature().equals(constraint.feature()),
                        path,
                        "the same feature and output as $.monotone[" + j + "]");
            }
        }
        for (final MonotoneConstraint required : MonotoneConstraints.requiredFor(artifact.featureNames())) {
            require(
                    constraints.contains(required),
                    "$.monotone",
                    "lacks what every table must keep: " + required.output().jsonName()
                            + (required.direction() == Direction.INCREASING ? " rises" : " falls") + " with "
                            + required.feature());
        }
        final MonotoneCertificate certificate = MonotoneCertificate.of(artifact);
        if (!certificate.holds()) {
            final MonotoneCertificate.Violation first = certificate.violations().getFirst();
            throw new RefusedArtifactException(
                    first.path(),
                    first + " (" + certificate.violations().size() + " of " + certificate.cellsChecked() + " cells)");
        }
    }

    private static void checkGolden(final RouterArtifact artifact) throws RefusedArtifactException {
        requireCount("$.golden", artifact.golden().size(), 0, 256);
        final int features = artifact.features().size();
        final int outputs = artifact.outputs().size();
        for (int i = 0; i < artifact.golden().size(); i++) {
            final GoldenVector golden = artifact.golden().get(i);
            if (golden.codes().length != features) {
                requireCount("$.golden[" + i + "].codes", golden.codes().length, features, features);
            }
            for (int f = 0; f < features; f++) {
                if (golden.codes()[f] < 0 || golden.codes()[f] > 255) {
                    requireRange("$.golden[" + i + "].codes[" + f + "]", golden.codes()[f], 0, 255);
                }
            }
            if (golden.accumulators().length != outputs) {
                requireCount("$.golden[" + i + "].accumulators", golden.accumulators().length, outputs, outputs);
            }
        }
        GoldenVectors.check(artifact);
    }
}
