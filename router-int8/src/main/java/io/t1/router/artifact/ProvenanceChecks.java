package io.t1.router.artifact;

import static io.t1.router.artifact.ArtifactChecks.require;
import static io.t1.router.artifact.ArtifactChecks.requireCount;
import static io.t1.router.artifact.ArtifactChecks.requireRange;
import static io.t1.router.artifact.ArtifactChecks.requireText;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What must be true of where an artifact says it came from. */
final class ProvenanceChecks {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    private ProvenanceChecks() {}

    static void check(final Provenance provenance, final List<String> features) throws RefusedArtifactException {
        requireText("$.provenance.tool", provenance.tool(), 1, 128);
        requireRange("$.provenance.train_rows", provenance.trainRows(), 0, Long.MAX_VALUE);
        requireRange("$.provenance.test_rows", provenance.testRows(), 0, Long.MAX_VALUE);
        requireCount("$.provenance.inputs", provenance.inputs().size(), 0, 256);
        for (int i = 0; i < provenance.inputs().size(); i++) {
            final Provenance.Input input = provenance.inputs().get(i);
            final String path = "$.provenance.inputs[" + i + "]";
            requireText(path + ".name", input.name(), 1, 255);
            require(input.name().indexOf('/') < 0, path + ".name", "holds a folder: a file name alone is wanted");
            require(isSha256(input.sha256()), path + ".sha256", "isn't 64 lower-case hexadecimal digits");
            requireRange(path + ".rows", input.rows(), 0, Long.MAX_VALUE);
        }
        requireCount("$.provenance.metrics", provenance.metrics().size(), 0, 256);
        for (final Map.Entry<String, Double> metric : provenance.metrics().entrySet()) {
            final String path = JsonCursor.member("$.provenance.metrics", metric.getKey());
            require(METRIC.matcher(metric.getKey()).matches(), path, "name isn't 1 to 64 of A-Z a-z 0-9 _ . @ -");
            require(Double.isFinite(metric.getValue()), path, "value=" + metric.getValue() + " isn't finite");
        }
        checkCounts(provenance, features);
    }

    private static void checkCounts(final Provenance provenance, final List<String> features)
            throws RefusedArtifactException {
        if (provenance.trainingCounts().isEmpty()) {
            return;
        }
        for (final String feature : provenance.trainingCounts().keySet()) {
            final String path = JsonCursor.member("$.provenance.training_counts", feature);
            require(features.contains(feature), path, "isn't a feature of the table");
        }
        for (final String feature : features) {
            final String path = JsonCursor.member("$.provenance.training_counts", feature);
            final List<Long> counts = provenance.trainingCounts().get(feature);
            if (counts == null) {
                throw new RefusedArtifactException(path, "missing, and other features have theirs");
            }
            requireCount(path, counts.size(), Provenance.TRAINING_COUNTS, Provenance.TRAINING_COUNTS);
            long rows = 0;
            for (int i = 0; i < counts.size(); i++) {
                requireRange(path + "[" + i + "]", counts.get(i), 0, provenance.trainRows() - rows);
                rows += counts.get(i);
            }
            require(rows == provenance.trainRows(), path, "sum=" + rows + " != train_rows=" + provenance.trainRows());
        }
    }

    static boolean isSha256(final String text) {
        return SHA256.matcher(text).matches();
    }
}
