package io.t1.ops.lab.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.lab.corpus.TextKind;
import io.t1.ops.observation.ContextFeature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabFeaturesTest {
    private static final TextAnalysis CODE = new TextAnalysis(TextKind.CODE);

    @Test
    void namesAreThoseThatLearningKnows() {
        assertEquals(
                Arrays.stream(ContextFeature.values())
                        .map(ContextFeature::columnName)
                        .toList(),
                LabFeatures.NAMES);
        assertEquals(LabFeatures.COUNT, LabFeatures.NAMES.size());
    }

    @Test
    void computesEveryFeatureAsDefined() {
        // words: the size of the array list the list; distinct terms: size, arrai, list
        final QueryTerms query = QueryTerms.of("the size of the ArrayList the list", CODE);
        assertEquals(Map.of("size", 1, "arrai", 1, "list", 2), query.terms());
        final float[] scores = {8f, 6f, 6f, 4f};
        final Map<String, Float> features =
                features(new LabFeatures.Source(query, scores, new int[] {10, 0, 3}, 100, 40, 2));
        final double idfSize = Math.log(1 + 90.5 / 10.5);
        final double idfMissing = Math.log(1 + 100.5 / 0.5);
        final double idfList = Math.log(1 + 97.5 / 3.5);
        final double idfSum = idfSize + idfMissing + idfList;
        // softmax of 8, 6, 6, 4 over e^8: 1, e^-2, e^-2, e^-4
        final double total = 1 + 2 * Math.exp(-2) + Math.exp(-4);
        final double entropy = -(1 / total) * Math.log(1 / total)
                - 2 * (Math.exp(-2) / total) * Math.log(Math.exp(-2) / total)
                - (Math.exp(-4) / total) * Math.log(Math.exp(-4) / total);
        near(entropy, features, "entropy");
        near(7, features, "query_length");
        near(1 / 3.0, features, "miss_rate");
        near(idfMissing, features, "max_idf");
        near(idfSum / 3, features, "avg_idf");
        near(8, features, "top_score");
        near(0.25, features, "score_gap");
        near(0, features, "score_ratio10"); // no tenth hit
        near(Math.sqrt(2) / 6, features, "nqc"); // deviations 2, 0, 0, -2 from 6
        near(0, features, "wig"); // the five best are all there are
        near(8 / idfSum, features, "score_per_idf");
        near(2 / 3.0, features, "coverage");
        near(Math.log(41), features, "log_hits");
        near(4 / 8.0, features, "stop_share"); // the, of, the, the of eight words
        near(3, features, "term_count");
    }

    @Test
    void comparesTheBestFiveAndTheTenthWithAll() {
        final QueryTerms query = QueryTerms.of("alpha beta gamma delta", CODE);
        final float[] scores = new float[100];
        Arrays.fill(scores, 1f);
        Arrays.fill(scores, 0, 5, 11f);
        scores[9] = 1f;
        final Map<String, Float> features =
                features(new LabFeatures.Source(query, scores, new int[] {1, 1, 1, 1}, 1000, 500, 4));
        near((11 - 1.5) / 2, features, "wig"); // mean of all: (5 * 11 + 95) / 100
        near(1 / 11.0, features, "score_ratio10");
        near(0, features, "score_gap");
    }

    @Test
    void leavesMissingWhatOnlyHitsDefine() {
        final QueryTerms query = QueryTerms.of("zzzunknown", CODE);
        final Map<String, Float> features =
                features(new LabFeatures.Source(query, new float[0], new int[] {0}, 50, 0, 0));
        for (final String name : List.of("entropy", "score_gap", "score_ratio10", "nqc", "wig")) {
            assertEquals(Float.NaN, features.get(name), name);
        }
        near(1, features, "miss_rate");
        near(0, features, "top_score");
        near(0, features, "log_hits");
        final Map<String, Float> empty =
                features(new LabFeatures.Source(QueryTerms.of("  ", CODE), new float[0], new int[0], 50, 0, 0));
        for (final String name : List.of("query_length", "miss_rate", "max_idf", "avg_idf", "stop_share", "coverage")) {
            near(0, empty, name);
        }
    }

    @Test
    void entropyIsThatOfEqualScoresAtMostAndNearNothingForOneFarAhead() {
        final QueryTerms query = QueryTerms.of("alpha", CODE);
        final float[] equal = new float[30];
        Arrays.fill(equal, 900f);
        near(Math.log(10), features(new LabFeatures.Source(query, equal, new int[] {30}, 100, 30, 1)), "entropy");
        equal[0] = 1000f;
        near(0, features(new LabFeatures.Source(query, equal, new int[] {30}, 100, 30, 1)), "entropy");
    }

    @Test
    void naturalLanguageIsToldFromNamesByItsShapeAlone() {
        for (final String text : List.of(
                "returns the number of elements in this list",
                "what similarity laws must be obeyed when constructing aeroelastic models ?")) {
            assertTrue(NaturalLanguage.confidence(QueryTerms.of(text, CODE)) > 0.9, text);
        }
        for (final String text : List.of("getMean", "StringUtils.abbreviate", "HashMap put", "read file", "")) {
            assertTrue(NaturalLanguage.confidence(QueryTerms.of(text, CODE)) < 0.1, text);
        }
    }

    @Test
    void analysesIdentifiersIntoTheirWordsAndProseIntoStems() {
        assertEquals(List.of("read", "utf", "8", "line", "buffer", "size"), CODE.terms("readUTF8Lines(buffer_size)"));
        assertEquals(
                List.of("author", "run", "fast"), new TextAnalysis(TextKind.PROSE).terms("The author's running fast"));
    }

    @Test
    void showsTheEncoderCodeAsWordsAndProseAsItIs() {
        assertEquals(
                "read UTF8 Lines buffer size new Http Client2 Pool ",
                CODE.encoderInput("readUTF8Lines(buffer_size); new HttpClient2Pool()"));
        final String prose = "The author's e-mail: HTTPServer.";
        assertEquals(prose, new TextAnalysis(TextKind.PROSE).encoderInput(prose));
    }

    private static Map<String, Float> features(final LabFeatures.Source source) {
        final float[] values = LabFeatures.of(source);
        final Map<String, Float> features = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            features.put(LabFeatures.NAMES.get(i), values[i]);
        }
        return features;
    }

    private static void near(final double expected, final Map<String, Float> features, final String name) {
        assertEquals(expected, features.getOrDefault(name, Float.NaN), 1e-5, name);
    }
}
