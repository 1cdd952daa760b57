package io.t1.ops.lab.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.ops.lab.encoding.EncodedText;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVectorsTest {
    private static final int DIMENSIONS = MiniLmModel.DIMENSIONS;

    @TempDir
    private Path folder;

    @Test
    void scoresTheMeanOfEachQueryTokensBestMatch() throws IOException {
        final Random random = new Random(11);
        final List<EncodedText> documents = new ArrayList<>();
        for (int tokens = 0; tokens < 9; tokens++) {
            documents.add(randomText(random, tokens));
        }
        try (TokenVectors.Writer writer = new TokenVectors.Writer(folder)) {
            for (final EncodedText document : documents) {
                writer.add(document);
            }
        }
        try (TokenVectors vectors = TokenVectors.open(folder)) {
            assertEquals(documents.size(), vectors.documents());
            final TokenVectors.Scorer scorer = vectors.new Scorer();
            for (final int queryTokens : new int[] {1, 5, 0, 3}) {
                final EncodedText query = randomText(random, queryTokens);
                scorer.setQuery(query);
                for (int document = 0; document < documents.size(); document++) {
                    assertEquals(
                            bruteForce(query, documents.get(document)),
                            scorer.maxSim(document),
                            1e-4,
                            "query of " + queryTokens + ", document of " + document);
                }
            }
        }
    }

    private static double bruteForce(final EncodedText query, final EncodedText document) {
        if (query.tokenCount() == 0 || document.tokenCount() == 0) {
            return 0;
        }
        double sum = 0;
        for (int q = 0; q < query.tokenCount(); q++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int d = 0; d < document.tokenCount(); d++) {
                double dot = 0;
                for (int i = 0; i < DIMENSIONS; i++) {
                    dot += query.tokens()[q * DIMENSIONS + i] * document.tokens()[d * DIMENSIONS + i];
                }
                best = Math.max(best, dot * query.scales()[q] * document.scales()[d]);
            }
            sum += best;
        }
        return sum / query.tokenCount();
    }

    private static EncodedText randomText(final Random random, final int tokens) {
        final byte[] vectors = new byte[tokens * DIMENSIONS];
        random.nextBytes(vectors);
        final float[] scales = new float[tokens];
        for (int i = 0; i < tokens; i++) {
            scales[i] = 0.0001f + random.nextFloat() / 1000;
        }
        return new EncodedText(new float[DIMENSIONS], vectors, scales);
    }
}
